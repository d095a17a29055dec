import { X509Certificate } from "node:crypto";
import { RegistryError } from "./errors.ts";

/** What a person wants to see of a certificate. */
export interface TrustedCertificate {
  readonly subject: string;
  readonly validTo: Date;
}

/** The certificates that a repository is trusted by beside the public ones. */
export interface CaBundle {
  /** The certificates alone, without what stands between them. */
  readonly pem: string;
  readonly certificates: readonly TrustedCertificate[];
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

/** Reads certificates in PEM. Throws `RegistryError` where there are none, or where one of them cannot be read. */
export function readCaBundle(text: string): CaBundle {
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text))
    throw new RegistryError(
      "the CA bundle holds a private key, which belongs to nobody else: give the certificates alone",
    );
  const blocks = text.match(CERTIFICATE) ?? [];
  if (blocks.length === 0) {
    throw new RegistryError(
      "the CA bundle holds no certificate in PEM: it must have lines -----BEGIN CERTIFICATE-----; " +
        "`openssl x509 -inform der -in file.cer -out file.pem` makes one of a file in DER",
    );
  }
  const certificates = blocks.map((block, index) => certificateOf(block, `certificate ${index + 1} of the CA bundle`));
  return { pem: `${blocks.join("\n")}\n`, certificates };
}

function certificateOf(block: string, which: string): TrustedCertificate {
  try {
    const { subject, validTo } = new X509Certificate(block);
    return { subject: subject.replaceAll("\n", ", "), validTo: new Date(validTo) };
  } catch (cause) {
    throw new RegistryError(`${which} cannot be read: export or copy it again, whole`, { cause });
  }
}

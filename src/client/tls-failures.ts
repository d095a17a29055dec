import type { PeerCertificate } from "node:tls";
import { AnswerFailure, type FinalDiagnosis } from "./failures.ts";

/** Codes of OpenSSL's verification as Node.js names them. */
const CERTIFICATE_CODES: Readonly<Record<string, FinalDiagnosis>> = {
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "tls_incomplete_chain",
  UNABLE_TO_GET_ISSUER_CERT: "tls_incomplete_chain",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "tls_incomplete_chain",
  CERT_HAS_EXPIRED: "tls_expired",
  CERT_NOT_YET_VALID: "tls_expired",
  ERR_TLS_CERT_ALTNAME_INVALID: "tls_wrong_host",
  DEPTH_ZERO_SELF_SIGNED_CERT: "tls_untrusted",
  SELF_SIGNED_CERT_IN_CHAIN: "tls_untrusted",
  CERT_CHAIN_TOO_LONG: "tls_untrusted",
  CERT_REVOKED: "tls_untrusted",
  CERT_REJECTED: "tls_untrusted",
  CERT_UNTRUSTED: "tls_untrusted",
  CERT_SIGNATURE_FAILURE: "tls_untrusted",
  INVALID_CA: "tls_untrusted",
  INVALID_PURPOSE: "tls_untrusted",
  PATH_LENGTH_EXCEEDED: "tls_untrusted",
  EPROTO: "tls_protocol",
};

const ADDING = "`lienthong repository set <code> --ca-file`";

/** Keys and signatures that OpenSSL does not take any more; the rest of `ERR_SSL_*` is about the protocol. */
const WEAK = /KEY_TOO_SMALL|MD_TOO_WEAK|EE_KEY|CA_KEY/;

/**
 * Names what is wrong with the encryption of a host, from the failure of a connection that was being made; `null` where
 * it failed for another reason. `certificates` are those the host showed, as far as they are known.
 */
export function tlsFailure(
  error: unknown,
  host: string,
  certificates: readonly PeerCertificate[] = [],
): AnswerFailure | null {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return null;
  const diagnosis = CERTIFICATE_CODES[error.code] ?? (/^ERR_SSL_/.test(error.code) ? "tls_protocol" : undefined);
  if (diagnosis === undefined) return null;
  const sentence = `${host}: ${explain(diagnosis, error.code, error, certificates)} (${error.code})`;
  return new AnswerFailure(diagnosis, sentence, { cause: error });
}

function explain(
  diagnosis: FinalDiagnosis,
  code: string,
  error: Error,
  certificates: readonly PeerCertificate[],
): string {
  if (diagnosis === "tls_incomplete_chain")
    return `its certificate cannot be traced to a known authority; the server must send the intermediate certificates too, or an operator adds those of its authority (${ADDING})`;
  if (diagnosis === "tls_wrong_host")
    return `its certificate is for ${namesOf(error)}; it needs one that holds the name under which it is reached`;
  if (code === "CERT_NOT_YET_VALID") return `its certificate is not valid yet${dateOf(certificates, "valid_from", 1)}`;
  if (diagnosis === "tls_expired")
    return `its certificate has expired${dateOf(certificates, "valid_to", -1)} and must be renewed`;
  if (diagnosis === "tls_untrusted")
    return /SELF_SIGNED/.test(code)
      ? `its certificate is self-signed; a public authority must issue one, or an operator adds it to this repository (${ADDING})`
      : "its certificate is not one that can be trusted";
  if (WEAK.test(code)) return "its keys are too weak for today's encryption and must be replaced";
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH|HTTP_REQUEST/.test(code))
    return "it does not speak TLS on this port; perhaps the address begins with http://";
  return "it offers no version or method of encryption that is still safe; TLS 1.2 or later must be switched on";
}

/** The date of the certificate that is over (`sign` -1) or has not begun (1): the host's own, or one above it. */
function dateOf(certificates: readonly PeerCertificate[], field: "valid_to" | "valid_from", sign: number): string {
  const dates = certificates.map((certificate) => new Date(certificate[field]));
  const date = dates.find((candidate) => (candidate.getTime() - Date.now()) * sign > 0);
  if (date === undefined) return "";
  return field === "valid_to" ? ` on ${date.toISOString().slice(0, 10)}` : `: from ${date.toISOString().slice(0, 10)}`;
}

function namesOf(error: Error): string {
  const certificate = "cert" in error ? (error.cert as Partial<PeerCertificate> | undefined) : undefined;
  const names = certificate?.subjectaltname?.replaceAll("DNS:", "") ?? String(certificate?.subject?.CN ?? "");
  return names === "" ? "another name" : names;
}

import { rootCertificates } from "node:tls";
import { describe, expect, test } from "vitest";
import { readCaBundle } from "../../src/registry/ca-bundle.ts";

/** The root of Let's Encrypt, as Node.js brings it: https://letsencrypt.org/certificates/ tells its dates. */
const ISRG_ROOT_X1 =
  rootCertificates.find((pem) => pem.includes("MIIFazCCA1OgAwIBAgIRAIIQz7DSQONZRGPgu2OCiwAwDQYJKoZI")) ?? "";
const KEY = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n-----END PRIVATE KEY-----";

describe("a CA bundle", () => {
  test("is one certificate or several, with or without words between them", () => {
    const text = `# gốc của trường\n${ISRG_ROOT_X1}\nand again\n${ISRG_ROOT_X1}\n`;
    const { pem, certificates } = readCaBundle(text);
    expect(certificates).toHaveLength(2);
    expect(certificates[0]).toEqual({
      subject: "C=US, O=Internet Security Research Group, CN=ISRG Root X1",
      validTo: new Date("2035-06-04T11:04:38Z"),
    });
    expect(pem).toBe(`${ISRG_ROOT_X1}\n${ISRG_ROOT_X1}\n`);
  });

  test.each([
    ["nothing", "", /holds no certificate in PEM/],
    ["a file in DER", "0\x82\x05k0\x82\x03S", /holds no certificate in PEM: .*openssl x509 -inform der/],
    [
      "a certificate that is not whole",
      `${ISRG_ROOT_X1}\n${ISRG_ROOT_X1.slice(0, 300)}\n-----END CERTIFICATE-----`,
      /certificate 2 of the CA bundle cannot be read/,
    ],
    ["a private key beside it", `${ISRG_ROOT_X1}\n${KEY}`, /holds a private key/],
  ])("refuses %s and says what to do", (_, text, message) => {
    expect(() => readCaBundle(text)).toThrow(message);
  });
});

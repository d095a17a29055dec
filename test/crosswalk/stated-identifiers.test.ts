import { expect, test } from "vitest";
import { readStatedIdentifier } from "../../src/crosswalk/stated-identifiers.ts";

test.each([
  ["10.1000/182", "DOI", { value: "10.1000/182", scheme: "DOI" }],
  ["doi:10.1000/182", "doi", { value: "10.1000/182", scheme: "DOI" }],
  ["https://doi.org/10.1000/182", "DOI", { value: "10.1000/182", scheme: "DOI" }],
  ["11.17/abc", "DOI", { value: "11.17/abc", scheme: "DOI", invalid: true }],
  ["11744/55", "Handle", { value: "11744/55", scheme: "Handle" }],
  ["http://hdl.handle.net/11744/55", "hdl", { value: "11744/55", scheme: "Handle" }],
  ["123456789/55", "Handle", { value: "123456789/55", scheme: "Handle", invalid: true }],
  [
    "https://lib.example.edu.vn/handle/1/2",
    "Handle",
    { value: "https://lib.example.edu.vn/handle/1/2", scheme: "URL" },
  ],
  ["0-306-40615-2", "ISBN", { value: "0306406152", scheme: "ISBN" }],
  ["1859-2333", "e-ISSN", { value: "1859-2333", scheme: "ISSN" }],
  ["M-2306-7118-7", "ISMN", { value: "9790230671187", scheme: "ISMN" }],
  ["không", "ISMN", { value: "không", scheme: "ISMN", invalid: true }],
  ["TR-7", "report", { value: "TR-7", scheme: "report" }],
  ["https://lib.example.edu.vn/1", "Accession number", { value: "https://lib.example.edu.vn/1", scheme: "URL" }],
])("%s, said to be %s", (text, scheme, identifier) => {
  expect(readStatedIdentifier(text, scheme)).toEqual(identifier);
});

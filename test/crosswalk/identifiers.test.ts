import { describe, expect, test } from "vitest";
import { readIdentifier, urlOf } from "../../src/crosswalk/identifiers.ts";
import { isPrivateAddress } from "../../src/crosswalk/private-address.ts";
import { readIsbn, readIsmn, readIssn } from "../../src/crosswalk/standard-numbers.ts";

describe("an identifier is typed by how it looks", () => {
  test.each([
    // the DOI of the DOI Handbook, in all the ways in which it is written
    ["10.1000/182", "DOI", "10.1000/182"],
    ["doi:10.1000/182", "DOI", "10.1000/182"],
    ["DOI: 10.1000/182", "DOI", "10.1000/182"],
    ["info:doi/10.1000/182", "DOI", "10.1000/182"],
    ["https://doi.org/10.1000/182", "DOI", "10.1000/182"],
    ["http://dx.doi.org/10.1000%2F182", "DOI", "10.1000/182"],
    ["info:eu-repo/semantics/altIdentifier/doi/10.1000/182", "DOI", "10.1000/182"],
    ["10.1000/182.", "DOI", "10.1000/182"],
    ["10.22144/ctu.jvn.2019.061", "DOI", "10.22144/ctu.jvn.2019.061"],
    ["hdl:10419/2211", "Handle", "10419/2211"],
    ["http://hdl.handle.net/20.500.12345/17", "Handle", "20.500.12345/17"],
    ["ark:/12148/btv1b8449691v", "ARK", "ark:/12148/btv1b8449691v"],
    ["https://gallica.bnf.fr/ark:/12148/btv1b8449691v", "ARK", "ark:/12148/btv1b8449691v"],
    ["urn:nbn:de:101:1-201102033592", "URN", "urn:nbn:de:101:1-201102033592"],
    ["http://purl.org/dc/terms/title", "PURL", "http://purl.org/dc/terms/title"],
    ["https://lib.example.edu.vn/item/7", "URL", "https://lib.example.edu.vn/item/7"],
    ["oai:lib.example.edu.vn:7", "OAI", "oai:lib.example.edu.vn:7"],
    // ISBN Users' Manual: 978-0-306-40615-7 and its ten-digit form
    ["978-0-306-40615-7", "ISBN", "9780306406157"],
    ["ISBN 0-306-40615-2", "ISBN", "0306406152"],
    ["urn:isbn:9780306406157", "ISBN", "9780306406157"],
    ["080442957X", "ISBN", "080442957X"],
    // ISO 3297: 0378-5955; with X as check digit 2434-561X
    ["0378-5955", "ISSN", "0378-5955"],
    ["ISSN 2434-561x", "ISSN", "2434-561X"],
    // ISO 10957: 979-0-2600-0043-8
    ["979-0-2600-0043-8", "ISMN", "9790260000438"],
    ["LA 12.00345", "local", "LA 12.00345"],
    ["2010-2015", "local", "2010-2015"],
    ["isbn:", "local", "isbn:"],
    ["0306406152", "local", "0306406152"],
    ["Nguyễn Văn An (2019). Văn hóa đọc của sinh viên. Tạp chí Thư viện Việt Nam.", "other", null],
  ])("%s", (text, scheme, value) => {
    expect(readIdentifier(text)).toEqual({ value: value ?? text, scheme });
  });

  test.each([
    ["doi:khong-co", "DOI", "khong-co"],
    ["https://doi.org/", "URL", null],
    ["hdl:10419", "Handle", "10419"],
    ["978-0-306-40615-8", "ISBN", "9780306406158"],
    ["0-306-40615-3", "ISBN", "0306406153"],
    ["ISBN: chưa có", "ISBN", "chưa có"],
    ["0378-5954", "ISSN", "0378-5954"],
    ["979-0-2600-0043-9", "ISMN", "9790260000439"],
    ["ark:abc", "ARK", "ark:abc"],
    ["urn:x", "URN", "urn:x"],
    ["http://exa mple.org/", "URL", "http://exa mple.org/"],
    ["http://hdl.handle.net/123456789/456", "Handle", "123456789/456"],
  ])("%s is kept and marked as invalid", (text, scheme, value) => {
    const identifier = readIdentifier(text);
    if (value === null) return expect(identifier).toEqual({ value: text, scheme });
    expect(identifier).toEqual({ value, scheme, invalid: true });
  });
});

describe("standard numbers where the field says that they are", () => {
  test.each([
    ["9780306406157 (bìa cứng)", "9780306406157"],
    ["0306406152 : 85000đ", "0306406152"],
    ["978 0 306 40615 7", "9780306406157"],
  ])("ISBN in %s", (text, value) => {
    expect(readIsbn(text)).toEqual({ value, scheme: "ISBN" });
  });

  test("a number that is longer than an ISBN is none", () => {
    expect(readIsbn("97803064061577")).toEqual({ value: "97803064061577", scheme: "ISBN", invalid: true });
  });

  test("an ISSN may lack its hyphen and stand in a text", () => {
    expect(readIssn("ISSN: 03785955 (in)")).toEqual({ value: "0378-5955", scheme: "ISSN" });
    expect(readIssn("12")).toEqual({ value: "12", scheme: "ISSN", invalid: true });
  });

  test("an ISMN may be of the older form with M", () => {
    expect(readIsmn("M-2600-0043-8")).toEqual({ value: "9790260000438", scheme: "ISMN" });
    expect(readIsmn("978-0-306-40615-7")).toBeNull();
  });
});

describe("where an identifier resolves", () => {
  test.each([
    ["10.1000/a<b>#c?d", "https://doi.org/10.1000/a%3Cb%3E%23c%3Fd"],
    ["hdl:10419/2211", "https://hdl.handle.net/10419/2211"],
    ["ark:/12148/btv1b8449691v", "https://n2t.net/ark:/12148/btv1b8449691v"],
    ["https://lib.example.edu.vn/item/7", "https://lib.example.edu.vn/item/7"],
    ["http://purl.org/dc/terms/title", "http://purl.org/dc/terms/title"],
    ["http://192.168.1.5/item/7", null],
    ["http://hdl.handle.net/123456789/456", null],
    ["doi:khong-co", null],
    ["978-0-306-40615-7", null],
    ["LA 12.00345", null],
  ])("%s → %s", (text, url) => {
    expect(urlOf(readIdentifier(text))).toBe(url);
  });
});

describe("private addresses", () => {
  test.each([
    "http://localhost:8080/xmlui/handle/1/2",
    "http://127.0.0.1/",
    "http://10.0.0.12/x",
    "https://192.168.1.5/x",
    "http://172.16.0.1/x",
    "http://172.31.255.255/x",
    "http://169.254.1.1/x",
    "http://thuvien/opac",
    "http://opac.thuvien.local/x",
    "http://admin@10.1.1.1/x",
    "http://[::1]/x",
    "http://[fd00::1]:8080/x",
  ])("%s is one", (url) => {
    expect(isPrivateAddress(url)).toBe(true);
  });

  test.each([
    "https://lib.example.edu.vn/x",
    "http://172.32.0.1/x",
    "http://172.15.0.1/x",
    "http://11.0.0.1/x",
    "http://193.168.1.5/x",
    "http://localhost.edu.vn/x",
    "http://[2001:db8::1]/x",
    "https://example.org:8080/10.0.0.1",
    "LA 12.00345",
  ])("%s is none", (url) => {
    expect(isPrivateAddress(url)).toBe(false);
  });
});

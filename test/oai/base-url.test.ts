import { expect, test } from "vitest";
import { parseBaseUrl } from "../../src/oai/base-url.ts";

test.each([
  ["https://x.edu.vn/oai/request?verb=Identify", "https://x.edu.vn/oai/request"],
  [" http://x.edu.vn/oai ", "http://x.edu.vn/oai"],
  ["https://x.edu.vn/index.php?page=oai&verb=ListRecords&metadataPrefix=oai_dc", "https://x.edu.vn/index.php?page=oai"],
  ["https://x.edu.vn/oai#top", "https://x.edu.vn/oai"],
])("%s names the repository at %s", (pasted, baseUrl) => {
  expect(parseBaseUrl(pasted)?.href).toBe(baseUrl);
});

test.each(["x.edu.vn/oai", "ftp://x.edu.vn/", "javascript:alert(1)", "", "tlu"])("%j is no base URL", (text) => {
  expect(parseBaseUrl(text)).toBeNull();
});

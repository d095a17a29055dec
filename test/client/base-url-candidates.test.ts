import { describe, expect, test } from "vitest";
import { usualPaths } from "../../harvesters/index.ts";
import { baseUrlCandidates } from "../../src/client/base-url-candidates.ts";

const candidates = (pasted: string) => baseUrlCandidates(pasted, usualPaths);

describe("the addresses to try", () => {
  test("begin with the one that was pasted, without the arguments of a request", () => {
    expect(candidates("https://a.example/oai/request?verb=Identify")[0]).toBe("https://a.example/oai/request");
    expect(candidates("https://a.example/index.php?journal=index&page=oai&verb=Identify")[0]).toBe(
      "https://a.example/index.php?journal=index&page=oai",
    );
  });

  test.each([
    [
      "a front page of DSpace 7",
      "https://repository.vnu.edu.vn/home",
      "https://repository.vnu.edu.vn/server/oai/request",
    ],
    [
      "the address from before the upgrade",
      "https://repository.vnu.edu.vn/oai/request",
      "https://repository.vnu.edu.vn/server/oai/request",
    ],
    ["a record of JSPUI", "https://lib.hpu.edu.vn/jspui/handle/123456789/1", "https://lib.hpu.edu.vn/oai/request"],
    [
      "a site on a port, in a folder",
      "http://thuvien.ajc.edu.vn:8080/dspace/",
      "http://thuvien.ajc.edu.vn:8080/oai/request",
    ],
    ["a whole site of OJS", "https://vjol.info.vn/", "https://vjol.info.vn/index.php/index/oai"],
    [
      "an article of a journal",
      "https://vjol.info.vn/index.php/jst/article/view/1",
      "https://vjol.info.vn/index.php/jst/oai",
    ],
    ["an OJS in a folder", "http://bsgdtphcm.vn/ojs/index.php/index", "http://bsgdtphcm.vn/ojs/index.php/index/oai"],
    [
      "a journal in a folder",
      "http://a.example/ojs/index.php/jst/issue/view/2",
      "http://a.example/ojs/index.php/jst/oai",
    ],
    ["a journal without index.php", "https://a.example/jst/article/view/1", "https://a.example/jst/oai"],
    ["a front page of EPrints", "https://eprints.uet.vnu.edu.vn/", "https://eprints.uet.vnu.edu.vn/cgi/oai2"],
    ["a page of Koha", "http://opac.a.example/cgi-bin/koha/opac-main.pl", "http://opac.a.example/cgi-bin/koha/oai.pl"],
    ["a site of Omeka S", "https://a.example/s/han-nom/page/welcome", "https://a.example/s/han-nom/oai"],
    ["a host without a scheme", "thuvien.example.edu.vn", "https://thuvien.example.edu.vn/server/oai/request"],
  ])("%s leads to its base URL", (_what, pasted, baseUrl) => {
    expect(candidates(pasted)).toContain(baseUrl);
  });

  test("are each given once, and all at the host that was pasted", () => {
    const all = candidates("https://a.example/jspui/");
    expect(new Set(all).size).toBe(all.length);
    expect(all.filter((url) => new URL(url).origin !== "https://a.example")).toEqual([]);
    expect(all.filter((url) => url.includes("*"))).toEqual([]);
  });

  test("do not repeat a folder that the software makes itself", () => {
    expect(candidates("https://a.example/server/oai/request")).not.toContain(
      "https://a.example/server/oai/oai/request",
    );
    expect(candidates("https://a.example/handle/123456789/1").filter((url) => url.includes("/handle/oai"))).toEqual([]);
  });

  test("take for a journal only what stands in a journal's place", () => {
    expect(candidates("https://a.example/home/jst")).not.toContain("https://a.example/index.php/jst/oai");
  });

  test("are tried by https before http where nobody said which", () => {
    const all = candidates("a.example.vn:8080/oai");
    expect(all[0]).toBe("https://a.example.vn:8080/oai");
    expect(all.indexOf("http://a.example.vn:8080/oai")).toBe(all.length / 2);
  });

  test.each(["", "Thư viện số", "ftp://a.example/oai", "mailto:a@b.example", "oai", "a b.example"])(
    "there are none for %j",
    (text) => {
      expect(candidates(text)).toEqual([]);
    },
  );
});

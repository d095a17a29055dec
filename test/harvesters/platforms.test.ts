import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { platformNamed, platformOf, platforms, usualPaths } from "../../harvesters/index.ts";
import { incomingNamed } from "../../mappings/index.ts";
import type { PlatformSigns } from "../../src/client/platform.ts";
import { headerOf } from "../../src/client/records.ts";
import type { XmlElement } from "../../src/xml/element.ts";
import { parseXml } from "../../src/xml/parse.ts";
import { SHARED_ABSENT, sharedFolder } from "../support/shared.ts";

/** What the software behind recorded answers is, as those who recorded them say (fixtures/MANIFEST.tsv). */
const RECORDED: readonly (readonly [platform: string, file: string])[] = [
  ["dspace", "dspace1-erasmus-rotterdam/fake1/00001.xml"],
  ["dspace", "dspace1-erasmus-rotterdam/fake5/00001.xml"],
  ["dspace", "dspace-auckland/oai_library.xml"],
  ["dspace", "dspace-xoai-rhodes/gaiety.xml"],
  ["dspace", "scrapi-vcr/krex-01.xml"],
  ["dspace", "scrapi-vcr/udel-04.xml"],
  ["dspace", "scrapi-vcr/addis_ababa-01.xml"],
  ["dspace", "mit-dspace-alma-cassettes/cli-all-options-except-set-spec-04.xml"],
  ["dspace", "dspace-helda-cmdi-ida/helda2.xml"],
  ["dataverse", "ojs-cdata-scielo-dataverse/identify.xml"],
  ["ojs", "ojs-cdata-scielo-dataverse/oai_dc-valid.xml"],
  ["eprints", "scrapi-vcr/caltech-01.xml"],
  ["eprints", "copac-caltechbook-omeka/ListMetadataFormats.xml"],
  ["invenio", "cds-invenio-pos/cds-cerncds-hep-ex.xml"],
  ["invenio", "arxiv/sample_inspire_response_listrecords.xml"],
  ["invenio", "cdlib-tind-didl-contentdm/testOAI-tind.xml"],
  ["invenio", "aleph-cosmotron-medvik/records/dublincore/NuslNTK-nusl2-oaipmh.xml"],
  // arXiv sends the description of EPrints, CONTENTdm has identifiers with a slash, Alma a path that ends in /request,
  // and among the friends of repository.tudelft.nl there is a DSpace
  ["generic", "nock-arxiv-exlibris-gulbenkian/oaipmh-identify---should-identify-arxiv-1.xml"],
  ["generic", "cdlib-tind-didl-contentdm/oai-with-dcterms.xml"],
  [
    "generic",
    "nock-arxiv-exlibris-gulbenkian/oaipmh-listidentifiers---should-list-identifiers-with-resumption-token-from-exlibris-1.xml",
  ],
  ["generic", "cds-invenio-pos/test_1.xml"],
  ["generic", "scrapi-vcr/erudit-01.xml"],
  ["generic", "scrapi-vcr/citeseerx-01.xml"],
  ["generic", "nsdl-bepress-bnf/GoodResponseIdentify.xml"],
  ["generic", "librecat-pub-bielefeld/identify.xml"],
  ["generic", "aleph-cosmotron-medvik/auth/Identify.xml"],
  ["generic", "aleph-cosmotron-medvik/sample/IdentifyNonstandardGranularity.xml"],
  ["generic", "arno-tudelft-lom/00000.xml"],
];

/** Those whose lists give them away even where the address says nothing. */
const BY_THEIR_LISTS = RECORDED.filter(([, file]) =>
  /auckland|gaiety|krex|helda2|addis|set-spec-04|caltech-01|oai_dc-valid/.test(file),
);

describe.skipIf(sharedFolder === null)(`recorded answers (${sharedFolder ?? SHARED_ABSENT})`, () => {
  test.each(RECORDED)("%s: %s", (platform, file) => {
    expect(platformOf(signsOf(file)).id).toBe(platform);
  });

  test.each(BY_THEIR_LISTS)("%s is known by identifiers and sets alone: %s", (platform, file) => {
    expect(platformOf({ ...signsOf(file), baseUrl: "https://example.edu.vn/harvest" }).id).toBe(platform);
  });

  test("the addresses of Vietnamese journals and repositories are known by their form", () => {
    const table = readFileSync(`${sharedFolder}fixtures/vietnam/oai-endpoints-vn.tsv`, "utf8");
    const urls = table.split("\n").map((line) => line.split("\t")[0] ?? "");
    const journals = urls.filter((url) => /\/index\.php\/[^/#]+\/oai$/.test(url));
    const repositories = urls.filter((url) => url.endsWith("/oai/request"));
    expect([journals.length > 100, repositories.length > 2]).toEqual([true, true]);
    const idsOf = (some: readonly string[]) =>
      new Set(some.map((baseUrl) => platformOf({ baseUrl, descriptions: [] }).id));
    expect([idsOf(journals), idsOf(repositories)]).toEqual([new Set(["ojs"]), new Set(["dspace"])]);
  });
});

describe("software is recognised", () => {
  const plain = { baseUrl: "https://example.edu.vn/harvest", descriptions: [] };
  const header = (identifier: string, ...setSpecs: string[]) => ({ identifier, setSpecs });

  test.each<readonly [string, string, PlatformSigns]>([
    ["dspace", "the path of version 7", { ...plain, baseUrl: "https://repository.vnu.edu.vn/server/oai/request" }],
    ["dspace", "its context for OpenAIRE", { ...plain, baseUrl: "https://a.example/oai/openaire" }],
    ["dspace", "a handle", { ...plain, headers: [header("oai:10.6.20.92:123456789/8007")] }],
    ["dspace", "the example of Identify", { ...plain, descriptions: [sample("oai:a.example:10400.7/140")] }],
    ["dspace", "a collection whose prefix is a word", { ...plain, headers: [header("x", "col_VNU_123_33316")] }],
    [
      "islandora",
      "a node, at the path of DSpace",
      { ...plain, baseUrl: "https://a.example/oai/request", descriptions: [sample("oai:a.example:node-1")] },
    ],
    ["islandora", "a Fedora PID", { ...plain, headers: [header("oai:a.example:islandora_12")] }],
    ["koha", "its path", { ...plain, baseUrl: "http://opac.example.edu.vn/cgi-bin/koha/oai.pl" }],
    ["koha", "the archiveID nobody changed", { ...plain, headers: [header("KOHA-OAI-TEST:42")] }],
    ["ojs", "the toolkit it names", { ...plain, descriptions: [toolkit("Open Journal Systems")] }],
    ["ojs", "an article", { ...plain, headers: [header("oai:ojs.a.example:article/7")] }],
    ["ojs", "an address with a language", { ...plain, baseUrl: "https://a.example/index.php/jst/en/oai" }],
    [
      "ojs",
      "an address without path info",
      { ...plain, baseUrl: "https://a.example/index.php?journal=index&page=oai" },
    ],
    [
      "omeka-s",
      "the toolkit it names, at the path of Dataverse",
      { ...plain, baseUrl: "https://a.example/oai", descriptions: [toolkit("Omeka S OAI-PMH Repository Module")] },
    ],
    [
      "omeka-s",
      "the toolkit of Omeka Classic",
      { ...plain, descriptions: [toolkit("Omeka OAI-PMH Repository Plugin")] },
    ],
    [
      "dataverse",
      "datasets at /oai",
      { ...plain, baseUrl: "https://a.example/oai", headers: [header("doi:10.7910/DVN/19PPE7")] },
    ],
    ["eprints", "a set in hexadecimal", { ...plain, headers: [header("oai:a.example:3", "7374617475733D707562")] }],
    ["eprints", "its path", { ...plain, baseUrl: "https://a.example/cgi/oai2" }],
    ["invenio", "its path", { ...plain, baseUrl: "https://a.example/oai2d" }],
    ["generic", "an identifier that is a DOI", { ...plain, headers: [header("oai:a.example:10.1155/2010")] }],
    ["generic", "a set of digits", { ...plain, headers: [header("oai:a.example:3", "20243D")] }],
    ["generic", "/oai alone", { ...plain, baseUrl: "https://a.example/oai" }],
    ["generic", "nothing that is known", plain],
  ])("%s by %s", (platform, _sign, signs) => {
    expect(platformOf(signs).id).toBe(platform);
  });

  test("by its name in the database; an unknown name is the generic one", () => {
    expect([platformNamed("koha").id, platformNamed("libol").id, platformNamed(null).id]).toEqual([
      "koha",
      "generic",
      "generic",
    ]);
  });
});

describe("the definitions", () => {
  test("have names of their own, and each is described in the README", () => {
    const ids = platforms.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const readme = readFileSync(new URL("../../harvesters/README.md", import.meta.url), "utf8");
    expect(ids.filter((id) => !readme.includes(`\`${id}\``))).toEqual([]);
  });

  test("name crosswalks that exist", () => {
    const named = platforms.flatMap(({ crosswalks }) => Object.values(crosswalks));
    expect(named.filter((name) => incomingNamed(name) === null)).toEqual([]);
  });

  test("give paths that begin with a slash, those of DSpace and OJS before all others", () => {
    expect(usualPaths.filter((path) => !path.startsWith("/"))).toEqual([]);
    expect(usualPaths.slice(0, 2)).toEqual(["/server/oai/request", "/oai/request"]);
    expect(usualPaths).toEqual(
      expect.arrayContaining(["/dspace-oai/request", "/cgi/oai2", "/index.php/index/oai", "/cgi-bin/koha/oai.pl"]),
    );
  });

  test("give the evidence of each quirk, and each hint in both languages", () => {
    for (const { id, quirks, hints } of platforms) {
      for (const { what, evidence } of quirks) expect(evidence.trim(), `${id}: ${what}`).not.toBe("");
      for (const [problem, { vi, en }] of Object.entries(hints)) {
        expect(vi, `${id}: ${problem}`).toMatch(/[ăâđêôơưạảấầậắặẹếềệịọốồộớờợụứừựỳỹ]/);
        expect(en, `${id}: ${problem}`).toMatch(/^[\x20-\x7e…]+$/);
      }
    }
  });
});

/** The signs of an answer as it was recorded: the address in `request`, Identify, the headers of its list. */
function signsOf(file: string): PlatformSigns {
  const root = parseXml(readFileSync(`${sharedFolder}fixtures/oai/${file}`, "utf8").trim());
  const identify = root.child("Identify");
  return {
    baseUrl: root.child("request")?.text.trim() ?? "",
    repositoryName: identify?.child("repositoryName")?.text.trim() ?? null,
    descriptions: identify?.childrenNamed("description") ?? [],
    headers: headersBelow(root),
  };
}

function headersBelow(element: XmlElement): ReturnType<typeof headerOf>[] {
  return element.elements.flatMap((child) => (child.local === "header" ? [headerOf(child)] : headersBelow(child)));
}

function sample(identifier: string): XmlElement {
  return parseXml(
    `<description><oai-identifier xmlns="http://www.openarchives.org/OAI/2.0/oai-identifier"><sampleIdentifier>${identifier}</sampleIdentifier></oai-identifier></description>`,
  );
}

function toolkit(title: string): XmlElement {
  return parseXml(
    `<description><toolkit xmlns="http://oai.dlib.vt.edu/OAI/metadata/toolkit"><title>${title}</title></toolkit></description>`,
  );
}

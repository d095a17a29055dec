import { describe, expect, test } from "vitest";
import { readOrigins } from "../../src/client/origins.ts";
import { parseXml } from "../../src/xml/parse.ts";

const NS = "http://www.openarchives.org/OAI/2.0/provenance";

interface Station {
  readonly host: string;
  readonly altered?: string;
  readonly datestamp?: string;
  readonly within?: string;
}

/** A station as the guidelines show it (OAI-PMH guidelines, provenance, §3). */
function station({ host, altered = "true", datestamp = "2001-08-13", within = "" }: Station): string {
  return `<originDescription harvestDate="2002-02-02T14:10:02Z" altered="${altered}"><baseURL>http://${host}/oai</baseURL>
    <identifier>oai:${host}:1</identifier>${datestamp === "" ? "" : `<datestamp>${datestamp}</datestamp>`}
    <metadataNamespace>urn:${host}</metadataNamespace>${within}</originDescription>`;
}

function record(about: string): string {
  return `<record xmlns="http://www.openarchives.org/OAI/2.0/"><header/><metadata/>${about}</record>`;
}

const provenance = (content: string) => `<about><provenance xmlns="${NS}">${content}</provenance></about>`;
const hosts = (xml: string) => readOrigins(parseXml(xml)).map(({ identifier }) => identifier.split(":")[1]);

describe("readOrigins", () => {
  test("reads the stations of a record, the last one first", () => {
    const chain = station({ host: "a.vn", altered: "0", within: station({ host: "b.vn", altered: "true" }) });
    expect(readOrigins(parseXml(record(provenance(chain))))).toEqual([
      {
        baseUrl: "http://a.vn/oai",
        identifier: "oai:a.vn:1",
        datestamp: "2001-08-13",
        metadataNamespace: "urn:a.vn",
        harvestDate: "2002-02-02T14:10:02Z",
        altered: false,
      },
      expect.objectContaining({ identifier: "oai:b.vn:1", altered: true }),
    ]);
  });

  test("finds them beside other things about the record, and none where there are none", () => {
    const rights = '<about><rights xmlns="http://www.openarchives.org/OAI/2.0/rights/"/></about>';
    expect(hosts(record(rights + provenance(station({ host: "a.vn" }))))).toEqual(["a.vn"]);
    expect(hosts(record(rights))).toEqual([]);
    expect(hosts(record(""))).toEqual([]);
    expect(hosts(record(`<about>${station({ host: "a.vn" })}</about>`))).toEqual([]);
  });

  test.each([
    ["says no date", { datestamp: "" }],
    ["does not say whether it altered the record", { altered: "perhaps" }],
    ["has a name longer than any", { datestamp: "2".repeat(3_000) }],
  ])("ends before a station that %s", (_, broken) => {
    const last = station({ host: "c.vn" });
    const chain = station({ host: "a.vn", within: station({ host: "b.vn", ...broken, within: last }) });
    expect(hosts(record(provenance(chain)))).toEqual(["a.vn"]);
  });

  test("does not follow a chain without an end", () => {
    const endless = Array.from({ length: 50 }).reduce<string>((within) => station({ host: "a.vn", within }), "");
    expect(hosts(record(provenance(endless))).length).toBeLessThan(20);
  });
});

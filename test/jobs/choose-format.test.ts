import { describe, expect, test } from "vitest";
import { USUAL_FORMATS } from "../../harvesters/formats.ts";
import { platformNamed, platforms } from "../../harvesters/index.ts";
import { incomingCrosswalks } from "../../mappings/index.ts";
import { chooseFormat, NoCommonFormat } from "../../src/jobs/choose-format.ts";
import type { MetadataFormat } from "../../src/oai/types.ts";

const OAI_DC = format("oai_dc", "http://www.openarchives.org/OAI/2.0/oai_dc/");
const MARC = format("marc", "http://www.loc.gov/MARC21/slim");
const UKETD = format("uketd_dc", "http://naca.central.cranfield.ac.uk/ethos-oai/2.0/");
const generic = platformNamed("generic");
const accepted = new Set(incomingCrosswalks.flatMap(({ namespaces }) => namespaces));

function format(metadataPrefix: string, namespace: string, schema = ""): MetadataFormat {
  return { metadataPrefix, namespace, schema };
}

describe("of the formats that a repository offers", () => {
  test("MARC 21 says more than oai_dc, in whatever order they are offered", () => {
    expect(chooseFormat([OAI_DC, MARC], generic, null).metadataPrefix).toBe("marc");
    expect(chooseFormat([MARC, OAI_DC], generic, null)).toMatchObject({
      namespace: "http://www.loc.gov/MARC21/slim",
      crosswalk: { id: "marc21" },
    });
  });

  test("Koha's MARC is its own; DSpace and OJS make theirs from less than oai_dc", () => {
    const chosen = (platform: string) => chooseFormat([MARC, OAI_DC], platformNamed(platform), null).metadataPrefix;
    expect([chosen("koha"), chosen("dspace"), chosen("ojs")]).toEqual(["marc", "oai_dc", "oai_dc"]);
  });

  test("DSpace's oai_dc is read by the crosswalk that knows its dates", () => {
    expect(chooseFormat([OAI_DC], platformNamed("dspace"), null).crosswalk.id).toBe("dspace-oai-dc");
    expect(chooseFormat([OAI_DC], generic, null).crosswalk.id).toBe("oai-dc");
  });

  test.each([
    ["marc21", "http://www.loc.gov/MARC21/slim", ""],
    ["marcxml", "https://www.loc.gov/MARC21/slim/", ""],
    ["oai_marc", "", "http://www.loc.gov/standards/marcxml/schema/MARC21slim.xsd"],
  ])("%s is known by its namespace or its schema", (prefix, namespace, schema) => {
    expect(chooseFormat([format(prefix, namespace, schema)], generic, null).crosswalk.id).toBe("marc21");
  });

  test("a prefix that says MARC is not believed", () => {
    const disguised = format("marc21", "http://www.bl.uk/namespaces/other/");
    expect(chooseFormat([disguised, OAI_DC], generic, null).metadataPrefix).toBe("oai_dc");
  });

  test("oai_dc is known by its prefix, which the protocol reserves, whatever namespace it gives", () => {
    expect(chooseFormat([format("oai_dc", "http://wrong.example/")], generic, null).crosswalk.id).toBe("oai-dc");
  });

  test("what the operator wants is taken, where it can be mapped", () => {
    expect(chooseFormat([MARC, OAI_DC], generic, "oai_dc").metadataPrefix).toBe("oai_dc");
    expect(() => chooseFormat([UKETD, OAI_DC], generic, "uketd_dc")).toThrow(NoCommonFormat);
    expect(() => chooseFormat([OAI_DC], generic, "marc")).toThrow(/"marc" is not among the formats offered \(oai_dc\)/);
  });

  test("none may be one that we can map, and the message names them", () => {
    expect(() => chooseFormat([UKETD], generic, null)).toThrow(/none of the formats offered \(uketd_dc\)/);
    expect(() => chooseFormat([], generic, null)).toThrow(NoCommonFormat);
  });
});

describe.each(platforms.map(({ id }) => id))("%s", (id) => {
  test("is harvested in the first format of its order that a crosswalk reads", () => {
    const platform = platformNamed(id);
    const order = [...new Set([...platform.formats, ...USUAL_FORMATS])];
    const readable = order.filter((namespace) => accepted.has(namespace));
    expect(readable.length).toBeGreaterThan(1);
    for (let first = 0; first < readable.length; first += 1) {
      const offered = readable.slice(first).map((namespace, index) => format(`p${index}`, namespace));
      expect(chooseFormat([UKETD, ...offered.reverse()], platform, null).namespace).toBe(readable[first]);
    }
  });
});

test("the usual order is XOAI, DIM, OpenAIRE, MARC 21, MODS, qualified Dublin Core, oai_dc", () => {
  expect(USUAL_FORMATS).toEqual([
    "http://www.lyncode.com/xoai",
    "http://www.dspace.org/xmlns/dspace/dim",
    "http://namespace.openaire.eu/schema/oaire/",
    "http://www.loc.gov/MARC21/slim",
    "http://www.loc.gov/mods/v3",
    "http://purl.org/dc/terms/",
    "http://www.openarchives.org/OAI/2.0/oai_dc/",
  ]);
});

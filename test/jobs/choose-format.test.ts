import { describe, expect, test } from "vitest";
import { platformNamed, platforms } from "../../harvesters/index.ts";
import { incomingCrosswalks } from "../../mappings/index.ts";
import { chooseFormat, NoCommonFormat } from "../../src/jobs/choose-format.ts";
import type { MetadataFormat } from "../../src/oai/types.ts";

const OAI_DC = format("oai_dc", "http://www.openarchives.org/OAI/2.0/oai_dc/");
const MARC = format("marc", "http://www.loc.gov/MARC21/slim");
const ETDMS = format("oai_etdms", "http://www.ndltd.org/standards/metadata/etdms/1.0/");
const LIDO = format("lido", "http://www.lido-schema.org");
/** The order of `mappings/README.md`, the richest first. */
const DEFAULT_ORDER = [
  "http://www.lyncode.com/xoai",
  "http://www.dspace.org/xmlns/dspace/dim",
  "http://namespace.openaire.eu/schema/oaire/",
  "http://www.loc.gov/MARC21/slim",
  "http://www.loc.gov/mods/v3",
  "http://purl.org/dc/terms/",
  "http://www.openarchives.org/OAI/2.0/oai_dc/",
];
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

  test("OJS's oai_dc is read by the crosswalk that knows its languages", () => {
    expect(chooseFormat([OAI_DC], platformNamed("ojs"), null).crosswalk.id).toBe("ojs-oai-dc");
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
    expect(chooseFormat([ETDMS, OAI_DC], generic, "oai_etdms").crosswalk.id).toBe("etdms");
    expect(() => chooseFormat([LIDO, OAI_DC], generic, "lido")).toThrow(NoCommonFormat);
    expect(() => chooseFormat([OAI_DC], generic, "marc")).toThrow(/"marc" is not among the formats offered \(oai_dc\)/);
  });

  test("none may be one that we can map, and the message names them", () => {
    expect(() => chooseFormat([LIDO], generic, null)).toThrow(/none of the formats offered \(lido\)/);
    expect(() => chooseFormat([], generic, null)).toThrow(NoCommonFormat);
  });
});

describe.each(platforms.map(({ id }) => id))("%s", (id) => {
  test("is harvested in the first format of its order that a crosswalk reads", () => {
    const platform = platformNamed(id);
    const order = [...new Set([...platform.formats, ...DEFAULT_ORDER])];
    const readable = order.filter((namespace) => accepted.has(namespace));
    expect(readable.length).toBeGreaterThan(1);
    for (let first = 0; first < readable.length; first += 1) {
      const offered = readable.slice(first).map((namespace, index) => format(`p${index}`, namespace));
      expect(chooseFormat([LIDO, ...offered.reverse()], platform, null).namespace).toBe(readable[first]);
    }
  });
});

describe("a repository of no platform in particular", () => {
  test("is harvested in XOAI, DIM, OpenAIRE, MARC 21, MODS, qualified Dublin Core, oai_dc, in this order", () => {
    const formats = DEFAULT_ORDER.map((namespace, index) => format(`p${index}`, namespace));
    for (let first = 0; first < formats.length; first += 1) {
      const offered = formats.slice(first).reverse();
      expect(chooseFormat(offered, generic, null).namespace).toBe(DEFAULT_ORDER[first]);
    }
  });

  test("is not harvested in a format that it has for its theses or as a package, since oai_dc has everything", () => {
    const partial = [
      ETDMS,
      format("uketd_dc", "http://naca.central.cranfield.ac.uk/ethos-oai/2.0/"),
      format("mets", "http://www.loc.gov/METS/"),
      format("didl", "urn:mpeg:mpeg21:2002:02-DIDL-NS"),
    ];
    expect(chooseFormat([...partial, OAI_DC], generic, null).metadataPrefix).toBe("oai_dc");
    expect(chooseFormat(partial, generic, null).metadataPrefix).toBe("mets");
  });

  test.each([
    ["marcxchange", "info:lc/xmlns/marcxchange-v1", "marcxchange"],
    ["oai_marc", "http://www.openarchives.org/OAI/1.1/oai_marc", "marcxchange"],
    ["oai_qdc", "http://worldcat.org/xmlschemas/qdc-1.0/", "qdc"],
    ["qdc", "http://dspace.org/qualifieddc/", "qdc"],
    ["oai_datacite", "http://schema.datacite.org/oai/oai-1.1/", "datacite"],
  ])("has more in %s of the namespace %s than in oai_dc", (prefix, namespace, id) => {
    expect(chooseFormat([OAI_DC, format(prefix, namespace)], generic, null).crosswalk.id).toBe(id);
  });

  test("is known by the schema where the namespace is missing, and by the namespace where both are there", () => {
    const schema = "http://www.loc.gov/standards/mods/v3/mods-3-6.xsd";
    expect(chooseFormat([OAI_DC, format("m", "", schema)], generic, null).crosswalk.id).toBe("mods");
    expect(chooseFormat([format("m", "http://purl.org/dc/terms/", schema)], generic, null).crosswalk.id).toBe("qdc");
  });

  test("has UNIMARC where prefix or schema say so: it has the namespace of MARC 21", () => {
    const slim = "http://www.loc.gov/MARC21/slim";
    expect(chooseFormat([format("unimarc", slim)], generic, null).crosswalk.id).toBe("unimarc");
    expect(chooseFormat([format("marcxml", slim, "http://x/unimarcslim.xsd")], generic, null).crosswalk.id).toBe(
      "unimarc",
    );
    expect(chooseFormat([format("marcxml", slim)], generic, null).crosswalk.id).toBe("marc21");
  });
});

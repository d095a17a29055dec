import { describe, expect, test } from "vitest";
import { marc21 } from "../../mappings/incoming/marc21/crosswalk.ts";
import { oaiDcLocOut } from "../../mappings/outgoing/oai_dc-loc/crosswalk.ts";
import { stylesheetDublinCore } from "../../mappings/outgoing/oai_dc-loc/stylesheet.ts";
import { applyCrosswalk } from "../../src/crosswalk/apply.ts";
import type { XmlElement } from "../../src/xml/element.ts";
import { parseXml } from "../../src/xml/parse.ts";
import { SHARED_ABSENT, sharedFolder } from "../support/shared.ts";
import { type Deviation, readDeviations, unexplained, type Value } from "./deviations.ts";
import { marcPairs } from "./marc-to-dc-pairs.ts";
import { published } from "./outgoing-support.ts";

const pairs = marcPairs();
const deviations = readDeviations("mappings/oai_dc-loc-deviations.tsv");

test.skipIf(sharedFolder !== null)(SHARED_ABSENT, () => {});

/** Element and text in the order of the output, without what is empty, white space as single blanks. */
function valuesOf(core: XmlElement): readonly Value[] {
  const values = core.elements.map(({ local, text }): Value => [local, text.replace(/\s+/g, " ").trim()]);
  return values.filter(([, text]) => text !== "");
}

describe.skipIf(sharedFolder === null)("beside the stylesheet of the Library of Congress", () => {
  test("there are the 64 records that it was run over", () => {
    expect(pairs).toHaveLength(64);
  });

  test.each(pairs)("the rules make the same of $name, value by value", ({ record, dublinCore }) => {
    expect(stylesheetDublinCore(record)).toEqual(valuesOf(dublinCore));
  });

  test("what goes through the common record differs only where the list of deviations says why", () => {
    const used = new Set<Deviation>();
    const differences = pairs.flatMap(({ name, marc, record: source, dublinCore }) => {
      const { record } = applyCrosswalk(marc21, marc, { identifier: "oai:kho.edu.vn:1", defaultAccessRights: null });
      const ours = valuesOf(parseXml(oaiDcLocOut.write(published(record))));
      return unexplained(source, valuesOf(dublinCore), ours, deviations, used).map((text) => `${name}: ${text}`);
    });
    expect(differences).toEqual([]);
    expect(
      deviations.filter((deviation) => !used.has(deviation)),
      "deviations that nothing shows any more",
    ).toEqual([]);
  });
});

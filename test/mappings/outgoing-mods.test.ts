import { describe, expect, test } from "vitest";
import { marc21 } from "../../mappings/incoming/marc21/crosswalk.ts";
import { modsOut } from "../../mappings/outgoing/mods/crosswalk.ts";
import { applyCrosswalk } from "../../src/crosswalk/apply.ts";
import type { XmlElement } from "../../src/xml/element.ts";
import { parseXml } from "../../src/xml/parse.ts";
import { SHARED_ABSENT, sharedFolder } from "../support/shared.ts";
import { type Deviation, readDeviations, unexplained, type Value } from "./deviations.ts";
import { marcPairs } from "./marc-to-dc-pairs.ts";
import { published } from "./outgoing-support.ts";

const pairs = marcPairs();

test.skipIf(sharedFolder !== null)(SHARED_ABSENT, () => {});

const textOf = (element: XmlElement): string => element.text.replace(/\s+/g, " ").trim();
const DATES = ["dateIssued", "dateCreated", "copyrightDate"];

/** What is compared of a MODS record: titles, names, dates of publication, identifiers and languages of the work itself. */
function comparedOf(mods: XmlElement): readonly Value[] {
  const titles = mods.childrenNamed("titleInfo").map((info): Value => ["title", info.elements.map(textOf).join(" ")]);
  const names = mods.childrenNamed("name").map((name): Value => {
    const parts = name.childrenNamed("namePart").filter((part) => !["date", "termsOfAddress"].includes(typeOf(part)));
    return ["name", parts.map(textOf).join(", ")];
  });
  const origins = mods.childrenNamed("originInfo").flatMap((origin) => origin.elements);
  const dates = origins.filter(({ local }) => DATES.includes(local)).map((date): Value => ["date", textOf(date)]);
  const identifiers = mods.childrenNamed("identifier").map((each): Value => ["identifier", textOf(each)]);
  const languages = mods
    .childrenNamed("language")
    .flatMap((language) => language.childrenNamed("languageTerm"))
    .filter((term) => term.attribute("authority") === "iso639-2b")
    .map((term): Value => ["language", textOf(term)]);
  return [...titles, ...names, ...dates, ...identifiers, ...languages].filter(([, text]) => text !== "");
}

function typeOf(element: XmlElement): string {
  return element.attribute("type") ?? "";
}

describe.skipIf(sharedFolder === null)("beside the MODS stylesheet of the Library of Congress", () => {
  test("titles, names, dates, identifiers and languages differ only where the list of deviations says why", () => {
    const deviations = readDeviations("mappings/mods-deviations.tsv");
    const used = new Set<Deviation>();
    const differences = pairs.flatMap(({ name, marc, record: source, mods }) => {
      const { record } = applyCrosswalk(marc21, marc, { identifier: "oai:kho.edu.vn:1", defaultAccessRights: null });
      const ours = comparedOf(parseXml(modsOut.write(published(record))));
      return unexplained(source, comparedOf(mods), ours, deviations, used).map((text) => `${name}: ${text}`);
    });
    expect(differences).toEqual([]);
    expect(
      deviations.filter((deviation) => !used.has(deviation)),
      "deviations that nothing shows any more",
    ).toEqual([]);
  });
});

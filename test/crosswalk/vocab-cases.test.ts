import { describe, expect, test } from "vitest";
import { readRows } from "../../mappings/tables.ts";
import { readAccess, readAgent, readLanguage, readType } from "../../mappings/values.ts";
import { readDate } from "../../src/crosswalk/dates.ts";
import { readDdc } from "../../src/crosswalk/ddc.ts";
import { levelOfMajorCode } from "../../src/crosswalk/degree-level.ts";
import { readLocalIdentifier } from "../../src/crosswalk/local-identifier.ts";
import { readableMetadata } from "../../src/crosswalk/readable-metadata.ts";
import { repairOf } from "../../src/crosswalk/repaired-text.ts";
import { levelOfType } from "../../src/crosswalk/resource-types.ts";
import { cleanText } from "../../src/vietnamese/clean-text.ts";
import { foldKey } from "../../src/vietnamese/fold.ts";
import { type FamilyNameRow, personNames, sortKey } from "../../src/vietnamese/person-name.ts";
import { withNewTones, withOldTones } from "../../src/vietnamese/tone-placement.ts";
import { XmlElement } from "../../src/xml/element.ts";
import { allVocabCases, vocabCases } from "./vocab-cases.ts";

const names = personNames(readRows("family-names") as unknown as readonly FamilyNameRow[]);

/** A value as a record of its own: read, decoded where it has to be, cleaned. */
function recordOf(value: string) {
  const element = new XmlElement({ name: "value", local: "value", namespace: "" }, null);
  element.children.push(value);
  const { metadata, decoded, issues } = readableMetadata(element);
  const { text } = metadata;
  const defects = issues.map(({ code }) => code).filter((code) => code !== "legacy-encoding");
  const repairs = repairOf({ path: "/value", text }, decoded)?.repairs ?? [];
  return { clean: cleanText(text), flags: [...repairs, ...defects] };
}

describe("the cases of the vocabularies", () => {
  test("are all covered", () => {
    const kinds = ["date", "name", "clean", "fold", "tone", "language", "type", "access", "ddc", "majorcode", "oaiid"];
    expect(kinds.flatMap((kind) => vocabCases(kind)).length).toBe(allVocabCases().length);
    expect(allVocabCases().length).toBe(235);
  });

  test.each(vocabCases("date"))("%s: %s", (_, input, expected) => {
    const { value, precision, flags } = readDate(recordOf(input).clean);
    const { edtf, flag, flags: several, ...rest } = expected as Record<string, unknown>;
    // a timestamp has a day, but to whoever asks for a date of publication it is none
    const found = precision === "system" ? { edtf: null, precision: "none" } : { edtf: value, precision };
    expect(found).toMatchObject({
      ...(edtf === undefined ? {} : { edtf }),
      ...rest,
    });
    for (const one of [flag, several].flat().filter((name) => name !== undefined)) expect(flags).toContain(one);
  });

  test.each(vocabCases("name"))("%s: %s", (_, input, expected) => {
    const { kind, names: several, role, sort, titles, foreign, ...parts } = expected as Record<string, unknown>;
    const { agents, role: found, flags } = readAgent(recordOf(input).clean);
    const [only] = agents;
    if (kind === "several") return expect(agents.map(({ name }) => name)).toEqual(several);
    if (kind === "corporate") return expect(only).toMatchObject({ name: parts.display, nameType: "organizational" });
    if (kind !== "person") return expect([agents, flags]).toEqual([[], ["no-name"]]);
    const person = names.parse(only?.name ?? "");
    expect(person).toMatchObject({ ...parts, foreign: foreign ?? false });
    expect(found).toBe(role ?? null);
    if (sort !== undefined && person !== null) expect(sortKey(person)).toBe(sort);
    if (titles !== undefined) expect(flags).toContain("title-stripped");
  });

  test.each(vocabCases("clean"))("%s: %s", (_, input, expected) => {
    const { text, flags } = expected as { readonly text: string; readonly flags: readonly string[] };
    expect(recordOf(input)).toEqual({ clean: text, flags });
  });

  test.each(vocabCases("fold"))("%s: %s", (_, input, expected) => {
    expect(foldKey(input)).toBe(expected);
  });

  test.each(vocabCases("tone"))("%s: %s", (_, input, expected) => {
    expect({ old: withOldTones(input), new: withNewTones(input) }).toEqual(expected);
  });

  test.each(vocabCases("language"))("%s: %s", (_, input, expected) => {
    expect(readLanguage(input)).toBe(expected);
  });

  test.each(vocabCases("type"))("%s: %s", (_, input, expected) => {
    const type = readType(input);
    if (expected === null) return expect(type).toBeNull();
    const { coar, degree } = expected as { readonly coar: string; readonly degree: string };
    expect([type?.uri, type?.raw]).toEqual([coar, input]);
    expect(type === null ? "" : (levelOfType(type) ?? "")).toBe(degree);
  });

  test.each(vocabCases("access"))("%s: %s", (_, input, expected) => {
    expect(readAccess(input)?.accessRights.uri ?? null).toBe(expected);
  });

  test.each(vocabCases("ddc"))("%s: %s", (_, input, expected) => {
    expect(readDdc(input)?.number ?? null).toBe(expected);
  });

  test.each(vocabCases("majorcode"))("%s: %s", (_, input, expected) => {
    expect(levelOfMajorCode(input)).toBe(expected);
  });

  test.each(vocabCases("oaiid"))("%s: %s", (_, input, expected) => {
    const [repositoryHost = "", identifier = ""] = input as unknown as readonly string[];
    const { local, flag } = expected as { readonly local: string; readonly flag?: string };
    expect(readLocalIdentifier(repositoryHost, identifier)).toEqual({ local, foreignHost: flag === "foreign-host" });
  });
});

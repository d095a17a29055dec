import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { incomingCrosswalks } from "../../mappings/index.ts";
import { applyCrosswalk, type Mapping } from "../../src/crosswalk/apply.ts";
import { Coverage, type Found } from "../../src/crosswalk/coverage.ts";
import type { IncomingCrosswalk } from "../../src/crosswalk/crosswalk.ts";
import { mainTitle } from "../../src/record/common-record.ts";
import type { XmlElement } from "../../src/xml/element.ts";
import { XmlError } from "../../src/xml/errors.ts";
import { parseXml } from "../../src/xml/parse.ts";
import { SHARED_ABSENT, sharedFolder } from "../support/shared.ts";

/** Formats that come without a namespace in some of the recorded documents, by the name of the root. */
const WITHOUT_NAMESPACE: Readonly<Record<string, string>> = { oai_marc: "marcxchange", qualifieddc: "qdc" };
/** The metadata of another element of these is the element itself. */
const ROOTS =
  /^(?:dc|nsdl_dc|qualifieddc|uketddc|dim|metadata|mods|resource|oai_datacite|thesis|record|oai_marc|mets|DIDL)$/;
/** Variants that read what others read, by the software behind the repository. */
const VARIANTS = new Set(["dspace-oai-dc", "ojs-oai-dc"]);
/** Traces are long to write out: those of so many records of a format are looked at. */
const TRACED = 50;
/** Packages that were recorded because they carry nothing: the crosswalk says so. */
const EMPTY_PACKAGES = /manifest/;

interface Recorded {
  readonly file: string;
  readonly crosswalk: IncomingCrosswalk;
  readonly element: XmlElement;
}

const crosswalks = incomingCrosswalks.filter(({ id }) => !VARIANTS.has(id));
const recorded = sharedFolder === null ? [] : recordedFiles().flatMap(recordsIn);

describe.skipIf(sharedFolder === null)(`recorded metadata (${SHARED_ABSENT})`, () => {
  test.each(crosswalks.map(({ id }) => id))(
    "%s: every well-formed record is mapped, clean and with its title",
    (id) => {
      const own = recorded.filter(({ crosswalk }) => crosswalk.id === id);
      const coverage = new Coverage();
      for (const record of own) {
        const mapping = mapOrRefuse(record);
        if (mapping === null) continue;
        check(record, mapping);
        if (coverage.records < TRACED) checkTrace(record, mapping);
        coverage.add(record.element, mapping);
      }
      process.stdout.write(`${linesOf(id, own.length, coverage)}\n`);
      expect(coverage.records, "records of every format but UNIMARC are recorded").toBeGreaterThan(
        id === "unimarc" ? -1 : 0,
      );
    },
  );
});

function mapOrRefuse({ file, crosswalk, element }: Recorded): Mapping | null {
  try {
    return applyCrosswalk(crosswalk, element, { identifier: "oai:x:1", defaultAccessRights: null });
  } catch (error) {
    if (error instanceof XmlError && EMPTY_PACKAGES.test(file)) return null;
    throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

function check({ file, element, crosswalk }: Recorded, { record }: Mapping): void {
  if (hasTitle(crosswalk.id, element)) expect(mainTitle(record), file).not.toBeNull();
  const json = JSON.stringify(record);
  expect(json, file).toBe(json.normalize("NFC"));
  expect(json, file).not.toContain("[object Object]");
  expect(json, file).not.toMatch(/&(?:amp|lt|gt|quot|apos|nbsp|[a-z]+(?:acute|grave|circ|tilde|uml)|#\d+);/i);
}

function checkTrace({ file }: Recorded, { trace }: Mapping): void {
  for (const { field, paths } of trace()) expect(paths.length, `${file}: ${field}`).toBeGreaterThan(0);
}

/** Whether the source has a title, found out without the crosswalks. */
function hasTitle(id: string, element: XmlElement): boolean {
  const holds = (found: readonly XmlElement[]) => found.some(({ text }) => text.trim() !== "");
  switch (id) {
    case "dspace-xoai":
      return holds(
        element
          .childrenNamed("element")
          .filter((schema) => schema.attribute("name") === "dc")
          .flatMap((schema) => schema.elements.filter((each) => each.attribute("name") === "title")),
      );
    case "dspace-dim":
      return holds(element.elements.filter((field) => field.attribute("element") === "title"));
    case "marc21":
    case "marcxchange":
      return holds(
        descendants(element).filter((each) => each.attribute("tag") === "245" || each.attribute("id") === "245"),
      );
    case "mods":
      return holds(element.childrenNamed("titleInfo").flatMap((info) => info.childrenNamed("title")));
    case "datacite":
    case "oai-openaire":
      return holds(element.childrenNamed("titles").flatMap((group) => group.elements));
    case "mets":
    case "didl":
      return holds(descendants(element).filter(({ local }) => local === "title"));
    default:
      return holds(element.childrenNamed("title"));
  }
}

/** How many records of a format there are, how much of them was read, and which words no table knows. */
function linesOf(id: string, found: number, coverage: Coverage): string {
  return [
    `${id}: ${found} records, ${coverage.records} mapped, ${(coverage.share * 100).toFixed(1)} % of the texts read`,
    `  left over: ${top(coverage.leftOver(), ({ name }) => name)}`,
    `  unmatched: ${top(coverage.unmatched(), ({ name, example }) => `${name}: ${example.slice(0, 40)}`)}`,
  ].join("\n");
}

function top(found: readonly Found[], say: (found: Found) => string): string {
  const first = found.slice(0, 6).map((each) => `${say(each)} (${each.records})`);
  return first.length === 0 ? "nothing" : first.join("; ");
}

function recordedFiles(): readonly string[] {
  const [, ...rows] = readFileSync(`${sharedFolder}fixtures/MANIFEST.tsv`, "utf8").split("\n");
  return rows.map((row) => row.split("\t")[0] ?? "").filter((file) => /^(?:oai|records)\//.test(file));
}

/** The metadata that stands in a well-formed document; what is not well-formed is the business of other tests. */
function recordsIn(file: string): readonly Recorded[] {
  const bytes = readFileSync(`${sharedFolder}fixtures/${file}`);
  if (!bytes.subarray(0, 200).toString("latin1").includes("<")) return [];
  try {
    return recordsBelow(file, parseXml(bytes.toString("utf8").replace(/^\ufeff/, "")));
  } catch (error) {
    if (error instanceof XmlError) return [];
    throw error;
  }
}

function recordsBelow(file: string, element: XmlElement): readonly Recorded[] {
  const crosswalk = crosswalkOf(element);
  if (crosswalk !== null) return [{ file, crosswalk, element }];
  return element.elements.flatMap((child) => recordsBelow(file, child));
}

function crosswalkOf({ namespace, local, elements }: XmlElement): IncomingCrosswalk | null {
  if (!ROOTS.test(local) || elements.length === 0) return null;
  const id = namespace === "" ? WITHOUT_NAMESPACE[local] : undefined;
  return crosswalks.find((each) => each.id === id || (namespace !== "" && each.namespaces.includes(namespace))) ?? null;
}

function descendants(element: XmlElement): readonly XmlElement[] {
  return [element, ...element.elements.flatMap(descendants)];
}

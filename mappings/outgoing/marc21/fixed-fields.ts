import type { PublishedRecord } from "../../../src/crosswalk/outgoing.ts";
import type { MarcControlField } from "../../../src/marc/record.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import { foldKey } from "../../../src/vietnamese/fold.ts";
import { imprints, provinces } from "../../values.ts";
import { languageCodes } from "../languages.ts";
import { codedDates } from "./dates.ts";
import { type Kind, kindOf } from "./kind.ts";

const COUNTRY: ReadonlySet<string> = new Set(["viet nam", "vietnam"]);

/** Leader of a new record in UTF-8, minimal level since nobody has seen the item, ISBD punctuation (LoC "Leader"). */
export function leaderOf(record: CommonRecord): string {
  const { recordType, level } = kind(record);
  return `00000n${recordType}${level} a22000007i 4500`;
}

/** 001 to 008. 001 is our identifier without `oai:` and domain, 003 the domain that makes it unique. */
export function fixedFields(published: PublishedRecord, isOnline: boolean): readonly MarcControlField[] {
  const [, domain = "", ...local] = published.oaiIdentifier.split(":");
  const instant = published.datestamp.toISOString();
  return [
    { tag: "001", value: local.join(":") || published.oaiIdentifier },
    ...(local.length === 0 ? [] : [{ tag: "003", value: domain }]),
    { tag: "005", value: `${instant.slice(0, 19).replace(/\D/g, "")}.0` },
    { tag: "008", value: generalInformation(published.record, instant.slice(2, 10).replaceAll("-", ""), isOnline) },
  ];
}

/** The 40 characters of 008; `entered` is yymmdd. */
function generalInformation(record: CommonRecord, entered: string, isOnline: boolean): string {
  const { material, level } = kind(record);
  const dates = codedDates(record.issued?.value ?? null, level === "s");
  const place = isVietnamese(record) ? "vm " : "xx ";
  const form = material.replace("f", isOnline ? "o" : " ");
  const language = languageOf(record);
  return `${entered}${dates}${place}${form}${language} d`;
}

function languageOf({ languages }: CommonRecord): string {
  const [first] = languages;
  // "mis": the language is known, and MARC has no code for it; 041 says which
  return first === undefined ? "und" : (languageCodes(first).marc ?? "mis");
}

function isVietnamese({ languages, publishers, thesis }: CommonRecord): boolean {
  if (languages.includes("vie")) return true;
  return [...publishers.map(({ place }) => place), thesis?.defencePlace].some(
    (places) => places?.split(";").some(isInVietnam) === true,
  );
}

/** A country, a province of any time, or a place as imprints abbreviate it ("H.", "Tp. HCM"). */
function isInVietnam(place: string): boolean {
  if (COUNTRY.has(foldKey(place))) return true;
  return provinces().everNamed(place) !== null || (imprints().place(place)?.province ?? null) !== null;
}

function kind({ resourceType }: CommonRecord): Kind {
  return kindOf(resourceType?.uri ?? null);
}

import type { OaiSet } from "../src/oai/types.ts";
import type { CommonRecord } from "../src/record/common-record.ts";
import { foldKey } from "../src/vietnamese/fold.ts";
import { readRows, resourceTypes } from "./tables.ts";
import { libraryType, provinces } from "./values.ts";

/** Whose records they are, as far as the sets of the feed depend on it. */
export interface SetOwner {
  readonly code: string;
  readonly name: string;
  readonly province_code: string | null;
  readonly library_type: string | null;
}

/** Changes when the same record would be in other sets: stored records then carry other rules, and are mapped again. */
export const FEED_SETS_VERSION = 1;

/** Whose own documents are *tài liệu nội sinh*; a library that has not said what it is is a university's, as nearly all are. */
const ENDOGENOUS_LIBRARIES = new Set(["university", "special", "school", "armed-forces"]);
const ENDOGENOUS_GROUPS = new Set(["thesis", "report", "learning-material"]);
const ACCESS: Readonly<Record<string, { readonly code: string; readonly name: string }>> = {
  "http://purl.org/coar/access_right/c_abf2": { code: "open", name: "Truy cập mở / Open access" },
  "http://purl.org/coar/access_right/c_f1cf": { code: "embargoed", name: "Mở sau một thời gian / Embargoed access" },
  "http://purl.org/coar/access_right/c_16ec": { code: "restricted", name: "Truy cập hạn chế / Restricted access" },
  "http://purl.org/coar/access_right/c_14cb": { code: "metadata", name: "Chỉ có mô tả / Metadata only" },
};
const SINGLE_NAMES: Readonly<Record<string, string>> = {
  thesis: "Luận án, luận văn, khóa luận / Theses",
  "thesis:doctoral": "Luận án tiến sĩ / Doctoral theses",
  "thesis:master": "Luận văn thạc sĩ / Master's theses",
  "thesis:bachelor": "Khóa luận, đồ án đại học / Bachelor's theses",
  rare: "Tài liệu quý hiếm / Rare and ancient documents",
  hannom: "Hán Nôm / Documents in Han and Nom characters",
  endogenous: "Tài liệu nội sinh / Endogenous documents",
};
const THESIS_SETS = new Set(["doctoral", "master", "bachelor"]);
const HAN_NOM_KEY = /\bhan nom\b|\bchu nom\b|\bchu han\b/;
const HAN = /\p{Script=Han}/u;
/** A book in one of these is not Hán Nôm because its title is in characters. */
const MODERN_IN_CHARACTERS = new Set(["zho", "chi", "jpn", "kor"]);

/**
 * The sets of a record (docs/provider.md), each with its ancestors that are sets; of a record of which nothing is known but
 * that it is gone, those of its repository.
 */
export function feedSetsOf(owner: SetOwner, record: CommonRecord | null): readonly string[] {
  const { code, province_code, library_type } = owner;
  const ofOwner = [
    `inst:${code}`,
    ...(province_code === null ? [] : [`prov:${province_code}`]),
    ...(library_type === null ? [] : [`libtype:${library_type}`]),
  ];
  if (record === null) return ofOwner;
  const kind = kindOf(record);
  const access = record.accessRights === null ? undefined : ACCESS[record.accessRights.uri];
  return [
    ...ofOwner,
    ...(kind.group === null ? [] : [`type:${kind.group}`]),
    ...thesisSets(record, kind),
    ...(kind.rare ? ["rare"] : []),
    ...(isHanNom(record, kind) ? ["hannom"] : []),
    ...(isEndogenous(owner, record, kind) ? ["endogenous"] : []),
    ...(access === undefined ? [] : [`access:${access.code}`]),
    ...languageSets(record),
  ];
}

/** How a set of `feedSetsOf` is called, in Vietnamese and English (OAI-PMH 2.0 §2.6, setName). */
export function feedSetNamed(owner: SetOwner, setSpec: string): OaiSet {
  const [kind = "", code = ""] = setSpec.split(":");
  return { setSpec, setName: SINGLE_NAMES[setSpec] ?? nameOf(owner, kind, code) };
}

/** Whether there can be such a set among those of `feedSetsOf`; of a repository's, whether it has the form of one. */
export function isFeedSetSpec(setSpec: string): boolean {
  if (Object.hasOwn(SINGLE_NAMES, setSpec)) return true;
  const [kind = "", code = "", ...more] = setSpec.split(":");
  if (more.length > 0) return false;
  if (kind === "inst") return /^[a-z][a-z0-9-]*$/.test(code);
  if (kind === "prov") return provinces().byCode(code, SINCE_MERGER) !== null;
  if (kind === "libtype") return libraryType(code) !== null;
  if (kind === "type") return groupNames().has(code);
  if (kind === "access") return Object.values(ACCESS).some((access) => access.code === code);
  return kind === "lang" && /^[a-z]{3}$/.test(code);
}

function nameOf(owner: SetOwner, kind: string, code: string): string {
  if (kind === "inst") return owner.name;
  if (kind === "prov") return provinceName(code);
  if (kind === "libtype") {
    const type = libraryType(code);
    return type === null ? code : `${type.name_vi} / ${type.name_en}`;
  }
  if (kind === "type") return groupNames().get(code) ?? code;
  if (kind === "access") return Object.values(ACCESS).find((access) => access.code === code)?.name ?? code;
  return languageName(code);
}

/** Unicode's names; where it has none, as our table names the language first: "Tiếng Tày". */
function languageName(code: string): string {
  const [vi, en] = [LANGUAGES_VI.of(code), LANGUAGES_EN.of(code)];
  const ours = () => readRows("languages").find(({ iso639_3 }) => iso639_3 === code)?.phrase ?? code;
  const names = [vi === code ? ours() : vi, en === code ? undefined : en];
  return names.filter((name) => name !== undefined).join(" / ");
}

const LANGUAGES_VI = new Intl.DisplayNames("vi", { type: "language" });
const LANGUAGES_EN = new Intl.DisplayNames("en", { type: "language" });
/** Codes of provinces are those since the merger. */
const SINCE_MERGER = "2025-07-01";

function provinceName(code: string): string {
  const province = provinces().byCode(code, SINCE_MERGER);
  if (province === null) return code;
  return `${province.type.replace(" trực thuộc trung ương", "")} ${province.name}`;
}

interface Kind {
  readonly group: string | null;
  readonly rare: boolean;
}

/** The group of the phrase that the record was called by, where that phrase decided; otherwise that of its COAR type. */
function kindOf({ resourceType }: CommonRecord): Kind {
  if (resourceType === null) return { group: null, rare: false };
  const phrase = resourceTypes.find(resourceType.raw);
  const { group, rare } = groupsByType().get(resourceType.uri) ?? { group: "other", rare: false };
  if (phrase === null || phrase.coar_uri !== resourceType.uri) return { group, rare };
  return phrase.group === "rare" ? { group, rare: true } : { group: phrase.group, rare: false };
}

function thesisSets({ thesis }: CommonRecord, { group }: Kind): readonly string[] {
  if (thesis === null && group !== "thesis") return [];
  const level = thesis?.level;
  return level !== undefined && THESIS_SETS.has(level) ? ["thesis", `thesis:${level}`] : ["thesis"];
}

/** MARC 21 has one code for classical and modern Chinese: a title in characters is Hán Nôm where something else says so too. */
function isHanNom({ languages, resourceType, titles, subjects, descriptions }: CommonRecord, { rare }: Kind): boolean {
  if (languages.includes("lzh")) return true;
  const key = resourceType === null ? undefined : resourceTypes.find(resourceType.raw)?.key;
  if (key !== undefined && HAN_NOM_KEY.test(key)) return true;
  if (!titles.some(({ value }) => HAN.test(value))) return false;
  const words = [...subjects, ...descriptions.filter(({ type }) => type === "note")];
  const isModern = languages.some((code) => MODERN_IN_CHARACTERS.has(code));
  return !isModern || rare || words.some(({ value }) => HAN_NOM_KEY.test(foldKey(value)));
}

function isEndogenous({ library_type }: SetOwner, { thesis }: CommonRecord, { group, rare }: Kind): boolean {
  if (library_type !== null && !ENDOGENOUS_LIBRARIES.has(library_type)) return false;
  return thesis !== null || (!rare && group !== null && ENDOGENOUS_GROUPS.has(group));
}

function languageSets({ languages }: CommonRecord): readonly string[] {
  return [...new Set(languages.map((code) => `lang:${code}`))];
}

let groupNamesRead: ReadonlyMap<string, string> | null = null;

function groupNames(): ReadonlyMap<string, string> {
  groupNamesRead ??= new Map(
    readRows("type-groups").map(({ code = "", name_vi, name_en }) => [code, `${name_vi} / ${name_en}`]),
  );
  return groupNamesRead;
}

let groupsRead: ReadonlyMap<string, Kind & { readonly group: string }> | null = null;

/** By COAR URI: the group of its first phrase that is no rarity; what only rarities are called is a manuscript, and rare. */
function groupsByType(): ReadonlyMap<string, Kind & { readonly group: string }> {
  if (groupsRead !== null) return groupsRead;
  const groups = new Map<string, Kind & { readonly group: string }>();
  for (const { coar_uri = "", group = "" } of readRows("resource-types")) {
    if (groups.get(coar_uri)?.rare === false) continue;
    groups.set(coar_uri, group === "rare" ? { group: "manuscript", rare: true } : { group, rare: false });
  }
  groupsRead = groups;
  return groupsRead;
}

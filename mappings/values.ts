import type { AcademicTitleRow } from "../src/crosswalk/academic-titles.ts";
import { type AccessReader, accessReader } from "../src/crosswalk/access-rights.ts";
import type { RoleRow } from "../src/crosswalk/agent-roles.ts";
import { type AgentReader, agentReader } from "../src/crosswalk/agents.ts";
import { type Imprints, imprintReader, type PlaceRow, type PublisherRow } from "../src/crosswalk/imprint.ts";
import { type ProvinceRow, type Provinces, provinceRegister } from "../src/crosswalk/provinces.ts";
import { type TypeReader, typeReader } from "../src/crosswalk/resource-types.ts";
import type { FamilyNameRow } from "../src/vietnamese/person-name.ts";
import { accessRights, coarTypes, languages, readRows, resourceTypes } from "./tables.ts";

let agents: AgentReader | null = null;

/** Reads a creator or contributor with our tables of titles, family names and roles. */
export const readAgent: AgentReader = (text) => {
  agents ??= agentReader({
    titles: readRows("academic-titles") as unknown as readonly AcademicTitleRow[],
    familyNames: readRows("family-names") as unknown as readonly FamilyNameRow[],
    roles: readRows("contributor-roles") as unknown as readonly RoleRow[],
  });
  return agents(text);
};

/** Reads a resource type with our tables, or `null`. */
export const readType: TypeReader = typeReader({ phrases: resourceTypes, coar: coarTypes });

/** Reads a statement about access with our table, or `null`. */
export const readAccess: AccessReader = accessReader(accessRights);

/** ISO 639-3 of a language as written in metadata; `und` where it says that none is known; `null` = not in the table. */
export function readLanguage(text: string): string | null {
  return languages.find(text)?.iso639_3 ?? null;
}

/** The language of an element from its `xml:lang`, as BCP 47 writes it ("vi", "en", "lzh"), or `null`. */
export function readLangTag(tag: string | null): string | null {
  const row = tag === null ? null : languages.find(tag.trim());
  if (row === null || row.iso639_3 === "und") return null;
  return row.iso639_1 === "" ? row.iso639_3 : row.iso639_1;
}

let imprintsRead: Imprints | null = null;

/** The readers of places and publishers as imprints abbreviate them, with our tables. */
export function imprints(): Imprints {
  imprintsRead ??= imprintReader(
    readRows("places") as unknown as readonly PlaceRow[],
    readRows("publishers") as unknown as readonly PublisherRow[],
  );
  return imprintsRead;
}

let provincesRead: Provinces | null = null;

/** The provinces of Vietnam before and since the merger of 1 July 2025, read from our table when first asked for. */
export function provinces(): Provinces {
  provincesRead ??= provinceRegister(readRows("provinces") as unknown as readonly ProvinceRow[]);
  return provincesRead;
}

/** A kind of library by the Library Law 46/2019/QH14, art. 9. */
export interface LibraryType {
  readonly code: string;
  readonly name_vi: string;
  readonly name_en: string;
}

let libraryTypesRead: ReadonlyMap<string, LibraryType> | null = null;

/** The kind of library with that code (`university`, `public` …), or `null`. */
export function libraryType(code: string): LibraryType | null {
  libraryTypesRead ??= new Map(
    readRows("library-types").map(({ code: own = "", name_vi = "", name_en = "" }) => [
      own,
      { code: own, name_vi, name_en },
    ]),
  );
  return libraryTypesRead.get(code) ?? null;
}

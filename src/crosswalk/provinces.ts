import { foldKey } from "../vietnamese/fold.ts";

/** A row of `provinces.tsv`: a province as it was up to 30 June 2025 (`2022`) or is from 1 July 2025 on (`2025`). */
export interface ProvinceRow {
  readonly period: string;
  /** Of the General Statistics Office; seven codes have changed their meaning, so a code says nothing without its period. */
  readonly gso_code: string;
  readonly name: string;
  readonly type: string;
  readonly aliases_pipe_separated: string;
  /** Empty from 2025 on: ISO 3166-2 has not followed yet. */
  readonly iso3166_2: string;
  readonly region: string;
  readonly code_2025: string;
  readonly name_2025: string;
}

/** A province of one of the two periods. */
export interface Province {
  readonly code: string;
  readonly name: string;
  readonly type: string;
  readonly iso3166: string | null;
  readonly region: string | null;
  /** The province that its land belongs to since 1 July 2025: itself, or what it was merged into. */
  readonly today: { readonly code: string; readonly name: string };
}

export interface Provinces {
  /** By code on a day (`2024-12-31`; a year counts as its first day), or `null`. */
  byCode(code: string, on: string): Province | null;
  /** By name or alias, with or without "tỉnh" or "thành phố", on a day, or `null` where it did not exist then. */
  byName(name: string, on: string): Province | null;
  /** By a name of any time, the later one first: for a name that comes without a date. */
  everNamed(name: string): Province | null;
}

/** The provinces were merged on that day (resolution 202/2025/QH15). */
const MERGER = "2025-07-01";
const KIND = /^(?:tinh|thanh pho|tp) (?=\S)/;

/** Makes a register of provinces of the rows of the table. */
export function provinceRegister(rows: readonly ProvinceRow[]): Provinces {
  const before = registerOf(rows.filter(({ period }) => period === "2022"));
  const since = registerOf(rows.filter(({ period }) => period === "2025"));
  const on = (day: string) => (day >= MERGER ? since : before);
  const named = (register: Register, name: string) => {
    const key = foldKey(name);
    return register.names.get(key) ?? register.names.get(key.replace(KIND, "")) ?? null;
  };
  return {
    byCode: (code, day) => on(day).codes.get(code) ?? null,
    byName: (name, day) => named(on(day), name),
    everNamed: (name) => named(since, name) ?? named(before, name),
  };
}

interface Register {
  readonly codes: ReadonlyMap<string, Province>;
  readonly names: ReadonlyMap<string, Province>;
}

function registerOf(rows: readonly ProvinceRow[]): Register {
  const codes = new Map<string, Province>();
  const names = new Map<string, Province>();
  for (const row of rows) {
    const province = provinceOf(row);
    codes.set(row.gso_code, province);
    const aliases = row.aliases_pipe_separated === "" ? [] : row.aliases_pipe_separated.split("|");
    for (const name of [row.name, ...aliases]) names.set(foldKey(name), province);
  }
  return { codes, names };
}

function provinceOf({ gso_code, name, type, iso3166_2, region, code_2025, name_2025 }: ProvinceRow): Province {
  return {
    code: gso_code,
    name,
    type,
    iso3166: iso3166_2 === "" ? null : iso3166_2,
    region: region === "" ? null : region,
    today: { code: code_2025, name: name_2025 },
  };
}

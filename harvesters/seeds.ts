import { readFileSync } from "node:fs";

/** A row of `vietnam.tsv`; empty strings where nothing is known. */
export interface SeedRow {
  readonly code: string;
  readonly name: string;
  /** Province by its code of 2025. */
  readonly provinceCode: string;
  readonly libraryType: string;
  /** Name of the software below `platforms/`. */
  readonly platform: string;
  readonly baseUrl: string;
  /** `works`: it was seen to answer; `guessed`: the host is known and the path is the usual one; `down`; `unknown`. */
  readonly status: string;
  readonly note: string;
  readonly source: string;
}

/** The seed list: repositories of Vietnam that are known before anybody registered them. */
export function readSeeds(): readonly SeedRow[] {
  const text = readFileSync(new URL("./vietnam.tsv", import.meta.url), "utf8");
  const [, ...lines] = text.split("\n").filter((line) => line !== "");
  return lines.map((line) => {
    const [
      code = "",
      name = "",
      provinceCode = "",
      libraryType = "",
      platform = "",
      baseUrl = "",
      status = "",
      ...rest
    ] = line.split("\t");
    const [note = "", source = ""] = rest;
    return { code, name, provinceCode, libraryType, platform, baseUrl, status, note, source };
  });
}

import { parseBaseUrl } from "../oai/base-url.ts";
import type { Db } from "../store/database.ts";
import { addRepository, listRepositories } from "../store/repositories.ts";

/** A repository that is known to exist, or to be likely, before anybody registered it. */
export interface Seed {
  readonly code: string;
  readonly name: string;
  /** The empty string where nobody knows it. */
  readonly baseUrl: string;
  /** Name of the software below `harvesters/platforms`, or the empty string. */
  readonly platform: string;
  /** Code of its province since 1 July 2025, or the empty string. */
  readonly provinceCode: string;
  /** Kind of library (`mappings/tables/library-types.tsv`), or the empty string. */
  readonly libraryType: string;
}

/** What became of the seeds, by code. */
export interface SeedResult {
  readonly added: readonly string[];
  /** Registered already: under that code, or at that address. */
  readonly known: readonly string[];
  /** Nobody knows where they answer. */
  readonly withoutAddress: readonly string[];
}

/**
 * Registers seeds as drafts: they are listed, and not harvested before somebody resumes them. Those that are known by code
 * or by address, retired ones included, are left alone. All or nothing.
 */
export async function importSeeds(db: Db, seeds: readonly Seed[]): Promise<SeedResult> {
  const result = { added: [] as string[], known: [] as string[], withoutAddress: [] as string[] };
  return await db.transaction().execute(async (trx) => {
    const present = await listRepositories(trx, { retired: true });
    const codes = new Set(present.map(({ code }) => code));
    const addresses = new Set(present.map(({ base_url }) => addressOf(base_url)));
    for (const { code, name, baseUrl, ...seed } of seeds) {
      const url = parseBaseUrl(baseUrl);
      if (url === null) result.withoutAddress.push(code);
      else if (codes.has(code) || addresses.has(addressOf(url.href))) result.known.push(code);
      else {
        await addRepository(trx, { code, name, base_url: url.href, state: "draft", ...knownOf(seed) });
        codes.add(code);
        addresses.add(addressOf(url.href));
        result.added.push(code);
      }
    }
    return result;
  });
}

function knownOf({ platform, provinceCode, libraryType }: Pick<Seed, "platform" | "provinceCode" | "libraryType">) {
  const orNull = (text: string) => (text === "" ? null : text);
  return { platform: orNull(platform), province_code: orNull(provinceCode), library_type: orNull(libraryType) };
}

/** One address whether it is asked by http or https, with or without a closing slash. */
function addressOf(baseUrl: string): string {
  return baseUrl.replace(/^https?:\/\//i, "").replace(/\/+$/, "");
}

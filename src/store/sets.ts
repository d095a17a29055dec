import { sql } from "kysely";
import type { OaiSet } from "../oai/types.ts";
import type { Db } from "./database.ts";

/** Sees to it that the set exists, with this name, and returns its number. */
export async function ensureSet(db: Db, set: OaiSet): Promise<number> {
  const known = await db.selectFrom("oai_set").selectAll().where("set_spec", "=", set.setSpec).executeTakeFirst();
  if (known !== undefined && known.set_name === set.setName) return known.set_id;
  const { set_id } = await db
    .insertInto("oai_set")
    .values({ set_spec: set.setSpec, set_name: set.setName })
    .onConflict((conflict) => conflict.column("set_spec").doUpdateSet({ set_name: set.setName }))
    .returning("set_id")
    .executeTakeFirstOrThrow();
  return set_id;
}

/** The number of a set, or `null` where there is none of that name. */
export async function findSetId(db: Db, setSpec: string): Promise<number | null> {
  const row = await db.selectFrom("oai_set").select("set_id").where("set_spec", "=", setSpec).executeTakeFirst();
  return row?.set_id ?? null;
}

interface SetRow extends OaiSet {
  readonly vi: string | null;
  readonly en: string | null;
  readonly text: string | null;
}

/**
 * The sets in which there are records, after `afterSetSpec` in the order of their setSpec, at most `limit`; with what an operator
 * says of one beside its name.
 */
export async function listSets(db: Db, afterSetSpec: string, limit: number): Promise<readonly OaiSet[]> {
  const { rows } = await sql<SetRow>`
    SELECT set_spec AS "setSpec", set_name AS "setName", title_vi AS vi, title_en AS en, description AS text
    FROM oai_set s LEFT JOIN query_set USING (set_spec)
    WHERE set_spec > ${afterSetSpec} AND EXISTS (SELECT FROM record_set m WHERE m.set_id = s.set_id)
    ORDER BY set_spec LIMIT ${limit}`.execute(db);
  return rows.map(described);
}

function described({ setSpec, setName, vi, en, text }: SetRow): OaiSet {
  if (vi === null || en === null || text === null) return { setSpec, setName };
  const titles = [
    { language: "vi", value: vi },
    { language: "en", value: en },
  ];
  return { setSpec, setName, description: { titles, texts: [{ language: null, value: text }], source: null } };
}

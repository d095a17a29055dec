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

/** All sets after `afterSetSpec` in the order of their setSpec, at most `limit`. */
export async function listSets(db: Db, afterSetSpec: string, limit: number): Promise<readonly OaiSet[]> {
  const rows = await db
    .selectFrom("oai_set")
    .select(["set_spec", "set_name"])
    .where("set_spec", ">", afterSetSpec)
    .orderBy("set_spec")
    .limit(limit)
    .execute();
  return rows.map((row) => ({ setSpec: row.set_spec, setName: row.set_name }));
}

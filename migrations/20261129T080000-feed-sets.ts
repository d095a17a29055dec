import { type Kysely, sql } from "kysely";

/** Whose library it is, for the sets of the feed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE repository ADD province_code text, ADD library_type text`.execute(db);
  await sql`COMMENT ON COLUMN repository.province_code IS
    'province since 1 July 2025, by the code of the General Statistics Office (mappings/tables/provinces.tsv)'`.execute(
    db,
  );
  await sql`COMMENT ON COLUMN repository.library_type IS
    'kind of library by the Library Law 46/2019/QH14, art. 9 (mappings/tables/library-types.tsv)'`.execute(db);
}

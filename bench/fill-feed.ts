import { sql } from "kysely";
import type pg from "pg";
import { harvestRepository } from "../src/jobs/harvest-repository.ts";
import { type Db, databaseOn } from "../src/store/database.ts";
import { readHorizon } from "../src/store/fence.ts";
import { addRepository } from "../src/store/repositories.ts";
import { benchServices } from "./bench-services.ts";
import { startChild } from "./child.ts";
import type { TargetOptions } from "./target.ts";

const POLL_MS = 100;

/** Harvests so many theses from the target and waits until the feed holds them. */
export async function fillFeed(pool: pg.Pool, records: number): Promise<void> {
  const target = startChild("target");
  const options: TargetOptions = { records, prefix: "oai_dc" };
  const db = databaseOn(pool);
  const services = benchServices(db);
  const row = { code: "bench", name: "Bench", base_url: `${await target.ask<string>(options)}/1000` };
  const { repository_id } = await addRepository(db, row);
  const { outcome } = await harvestRepository(services, repository_id, { trigger: "person", full: true });
  if (outcome !== "complete") throw new Error(`the feed could not be filled: ${outcome}`);
  await services.http.close();
  await target.stop();
  await feedIsComplete(db);
  await pool.query("VACUUM ANALYZE");
}

/**
 * Makes the feed as long as that: what is in it is repeated under other identifiers, each repetition a second older. The
 * harvester knows nothing of these records.
 */
export async function lengthenFeed(pool: pg.Pool, records: number): Promise<void> {
  const db = databaseOn(pool);
  const { rows } = await sql<{ have: number; last: number }>`
    SELECT count(*) AS have, max(record_id) AS last FROM record`.execute(db);
  const { have = 0, last = 0 } = rows[0] ?? {};
  for (let copy = 1; copy * have < records; copy += 1) {
    await sql`
      WITH added AS (
        INSERT INTO record (repository_id, record_id, oai_identifier, stamp, deleted, deleted_reason, content_hash, set_specs,
          source_identifier, source_datestamp, metadata_namespace, published)
        SELECT repository_id, record_id + ${copy * last}, oai_identifier || '.' || ${copy}::int, stamp - ${copy} * interval '1 second',
          deleted, deleted_reason, content_hash, set_specs, source_identifier || '.' || ${copy}::int, source_datestamp,
          metadata_namespace, published
        FROM record WHERE record_id <= ${last} ORDER BY record_id LIMIT ${records - copy * have}
        RETURNING repository_id, record_id, stamp
      )
      INSERT INTO record_set (set_id, stamp, record_id, repository_id)
      SELECT k.set_id, a.stamp, a.record_id, a.repository_id
      FROM added a JOIN record_set k ON k.repository_id = a.repository_id AND k.record_id = a.record_id - ${copy * last}`.execute(
      db,
    );
  }
  await pool.query("VACUUM ANALYZE");
}

/** Comes back once everything that is stored is in the feed. */
export async function feedIsComplete(db: Db): Promise<void> {
  const { rows } = await sql<{ last: Date }>`SELECT max(stamp) AS last FROM record`.execute(db);
  while ((await readHorizon(db)) < (rows[0]?.last ?? 0)) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
}

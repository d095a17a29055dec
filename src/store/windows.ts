import { type Selectable, sql, type Transaction, type Updateable } from "kysely";
import type { Db } from "./database.ts";
import type { Database, HarvestRunTable, HarvestWindowTable } from "./schema.ts";

export type Window = Selectable<HarvestWindowTable>;

type RunKey = Pick<Selectable<HarvestRunTable>, "repository_id" | "run_id">;

/** A window as it will be asked for, in the repository's own granularity; `null`: open on that side. */
export interface WindowPlan {
  readonly from: string | null;
  readonly until: string | null;
  /** Where an earlier run stood that could not read on; `null`: from the beginning. */
  readonly resumptionToken: string | null;
  /** What that run had received of the window already. */
  readonly received: number;
}

/** Adds windows to a run, numbered from `firstNumber` on. */
export async function addWindows(
  trx: Transaction<Database>,
  run: RunKey,
  windows: readonly WindowPlan[],
  firstNumber: number,
): Promise<void> {
  const rows = windows.map((window, index) => ({
    repository_id: run.repository_id,
    run_id: run.run_id,
    window_number: firstNumber + index,
    from_datestamp: window.from,
    until_datestamp: window.until,
    resumption_token: window.resumptionToken,
    received: window.received,
  }));
  await trx.insertInto("harvest_window").values(rows).execute();
}

/** The windows of a run in their order. */
export async function listWindows(db: Db, repositoryId: number, runId: number): Promise<readonly Window[]> {
  return await db
    .selectFrom("harvest_window")
    .selectAll()
    .where("repository_id", "=", repositoryId)
    .where("run_id", "=", runId)
    .orderBy("window_number")
    .execute();
}

/** The window of a run to be read next, or `null` where none is open. */
export async function findOpenWindow(db: Db, repositoryId: number, runId: number): Promise<Window | null> {
  const query = db.selectFrom("harvest_window").selectAll().where("repository_id", "=", repositoryId);
  const open = query.where("run_id", "=", runId).where("state", "=", "open").orderBy("window_number").limit(1);
  return (await open.executeTakeFirst()) ?? null;
}

/** Sends a window back to its first page; what it has stored stays, so asking again is harmless. */
export async function restartWindow(db: Db, window: Window): Promise<void> {
  await db
    .updateTable("harvest_window")
    .set({ resumption_token: null, pages: 0, received: 0, restarts: sql`restarts + 1` })
    .where("repository_id", "=", window.repository_id)
    .where("run_id", "=", window.run_id)
    .where("window_number", "=", window.window_number)
    .execute();
}

/** Puts smaller windows in the place of one that could not be read; `note` says why. */
export async function splitWindow(
  db: Db,
  window: Window,
  parts: readonly Pick<WindowPlan, "from" | "until">[],
  note: string,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const windows = await listWindows(trx, window.repository_id, window.run_id);
    const next = Math.max(...windows.map(({ window_number }) => window_number)) + 1;
    await setWindow(trx, window, { state: "split", note });
    const plans = parts.map((part) => ({ ...part, resumptionToken: null, received: 0 }));
    await addWindows(trx, window, plans, next);
  });
}

/** Puts one window in the place of all that are open in its run; `note` says why. */
export async function mergeWindows(
  db: Db,
  run: RunKey,
  whole: Pick<WindowPlan, "from" | "until">,
  note: string,
): Promise<Window> {
  return await db.transaction().execute(async (trx) => {
    const windows = await listWindows(trx, run.repository_id, run.run_id);
    const next = Math.max(...windows.map(({ window_number }) => window_number)) + 1;
    for (const window of windows) if (window.state === "open") await setWindow(trx, window, { state: "split", note });
    await addWindows(trx, run, [{ ...whole, resumptionToken: null, received: 0 }], next);
    const query = trx.selectFrom("harvest_window").selectAll().where("repository_id", "=", run.repository_id);
    return await query.where("run_id", "=", run.run_id).where("window_number", "=", next).executeTakeFirstOrThrow();
  });
}

/** Takes a window for read to its end although the repository did not say so; `note` says why. */
export async function closeWindow(db: Db, window: Window, note: string): Promise<void> {
  await setWindow(db, window, { state: "closed", note });
}

/** Gives up a window for this run; `note` says why, `diagnosis` in a word. */
export async function abandonWindow(
  db: Db,
  window: Window,
  note: string,
  diagnosis: string | null = null,
): Promise<void> {
  await setWindow(db, window, { state: "abandoned", note, diagnosis });
}

async function setWindow(
  db: Db,
  window: Window,
  values: Pick<Updateable<HarvestWindowTable>, "state" | "note" | "diagnosis">,
) {
  await db
    .updateTable("harvest_window")
    .set(values)
    .where("repository_id", "=", window.repository_id)
    .where("run_id", "=", window.run_id)
    .where("window_number", "=", window.window_number)
    .execute();
}

/** Gives up what is left of a run's windows: the next run begins anew instead of going on where this one stood. */
export async function abandonWindows(
  db: Db,
  run: RunKey,
  note: string,
  diagnosis: string | null = null,
): Promise<void> {
  await db
    .updateTable("harvest_window")
    .set({ state: "abandoned", note, diagnosis })
    .where("repository_id", "=", run.repository_id)
    .where("run_id", "=", run.run_id)
    .where("state", "=", "open")
    .execute();
}

import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { enqueueDue } from "../../src/jobs/due.ts";
import { type Queue, startQueue } from "../../src/queue/queue.ts";
import { addRepository, getRepository, updateRepository } from "../../src/store/repositories.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";

const NOW = new Date("2026-11-24T12:00:00Z");
const YESTERDAY = new Date("2026-11-23T12:00:00Z");
const log = pino({ level: "silent" });
let database: TestDatabase;
let services: { readonly db: TestDatabase["db"]; readonly log: typeof log };
let queue: Queue;
let repositoryId: number;

beforeEach(async () => {
  database = await createTestDatabase();
  services = { db: database.db, log };
  queue = await startQueue(database.pool, log);
  const row = { code: "kho", name: "Kho", base_url: "https://kho.example.edu.vn/oai", next_due_at: YESTERDAY };
  repositoryId = (await addRepository(database.db, row)).repository_id;
});

afterEach(async () => {
  await queue.stop();
  await database.close();
});

describe("the scheduler", () => {
  test("queues a repository whose time has come, and sets its next time", async () => {
    expect(await enqueueDue(services, queue, NOW)).toBe(1);
    const { next_due_at } = await getRepository(database.db, repositoryId);
    expect(next_due_at?.getTime()).toBeGreaterThan(NOW.getTime());
    expect(await enqueueDue(services, queue, NOW)).toBe(0);
  });

  test("queues it once, however many schedulers look at the same time", async () => {
    const queued = await Promise.all(Array.from({ length: 5 }, () => enqueueDue(services, queue, NOW)));
    expect(queued.reduce((sum, each) => sum + each, 0)).toBe(1);
  });

  test("leaves alone what is paused, what is not due, and what is harvested by hand", async () => {
    await updateRepository(database.db, repositoryId, { state: "paused" });
    expect(await enqueueDue(services, queue, NOW)).toBe(0);
    await updateRepository(database.db, repositoryId, { state: "live", next_due_at: new Date("2026-11-25T00:00:00Z") });
    expect(await enqueueDue(services, queue, NOW)).toBe(0);
    await updateRepository(database.db, repositoryId, { schedule: "manual", next_due_at: null });
    expect(await enqueueDue(services, queue, NOW)).toBe(0);
  });

  test("leaves a repository in its quiet hours alone until they end", async () => {
    // 12:00Z is 19:00 in Vietnam
    await updateRepository(database.db, repositoryId, { quiet_hours: "18:00-21:00" });
    expect(await enqueueDue(services, queue, NOW)).toBe(0);
    const { next_due_at } = await getRepository(database.db, repositoryId);
    expect(next_due_at).toEqual(new Date("2026-11-24T14:00:00Z"));
    expect(await enqueueDue(services, queue, new Date("2026-11-24T13:59:00Z"))).toBe(0);
    expect(await enqueueDue(services, queue, new Date("2026-11-24T14:00:00Z"))).toBe(1);
  });

  test("queues the others where one repository has a time zone that does not exist", async () => {
    await updateRepository(database.db, repositoryId, { time_zone: "Asia/Atlantis" });
    await addRepository(database.db, { code: "other", name: "Other", base_url: "https://other.example.edu.vn/oai" });
    expect(await enqueueDue(services, queue, NOW)).toBe(1);
  });

  test("does not harvest a draft", async () => {
    await updateRepository(database.db, repositoryId, { state: "draft" });
    expect(await enqueueDue(services, queue, NOW)).toBe(0);
  });
});

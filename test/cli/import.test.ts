import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findRepository } from "../../src/store/repositories.ts";
import { book, createTestFolder, iso2709, type TestFolder } from "../jobs/marc-files.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { runCliHere } from "./run-cli-here.ts";
import { runReported } from "./run-reported.ts";

let database: TestDatabase;
let folder: TestFolder;

beforeEach(async () => {
  database = await createTestDatabase();
  folder = createTestFolder();
});

afterEach(async () => {
  await database.close();
  folder.remove();
});

const lienthong = (...args: readonly string[]) => runCliHere(args, { DATABASE_URL: database.url });
const booksOf = (count: number) => Buffer.concat(Array.from({ length: count }, (_, index) => iso2709(book(index + 1))));

describe("lienthong import", () => {
  test("into a new code registers it, never to be harvested by itself, and ends with 0 when complete", async () => {
    const file = folder.write("books.mrc", booksOf(12));
    const first = await lienthong("import", file, "--into", "tinh", "--name", "Thư viện tỉnh");
    expect([first.code, first.stderr]).toEqual([0, ""]);
    expect(first.stdout).toMatch(/^registered as "tinh", for records that come in files\n/);
    expect(first.stdout).toMatch(/^run \d+, import of marc21, asked for by a person, began \S+ \S+, took \d+ s$/m);
    expect(runReported(first)).toMatchObject({
      repository: "tinh",
      outcome: "complete",
      received: "12",
      new: "12",
    });
    expect(await findRepository(database.db, "tinh")).toMatchObject({ name: "Thư viện tỉnh", schedule: "manual" });

    const second = await lienthong("import", file, "--into", "tinh");
    expect(second.code).toBe(0);
    expect(second.stdout).not.toContain("registered");
    expect(runReported(second)).toMatchObject({ outcome: "complete", received: "12", unchanged: "12", new: "0" });
  });

  test("ends with 2 where a record was rejected, and counts repeated ones", async () => {
    const file = folder.write("books.mrc", Buffer.concat([booksOf(20), iso2709(book(20)), Buffer.from("rubbish\x1d")]));
    const finished = await lienthong("import", file, "--into", "tinh");
    expect(finished.code).toBe(2);
    expect(runReported(finished)).toMatchObject({
      outcome: "complete with rejects",
      received: "22",
      new: "20",
      stored: "20",
      rejected: "1",
      repeated: "1",
    });
    expect(finished.stdout).toMatch(/^repeated +1 {2}came again later; the last one counts$/m);
  });

  test("ends with 1 where the file cannot be read, and says which and why", async () => {
    const file = folder.write("letter.mrc", "Kính gửi thư viện");
    const { code, stdout } = await lienthong("import", file, "--into", "tinh");
    expect(code).toBe(1);
    expect(stdout).toMatch(/failed/);
    expect(stdout).toContain(`why      ${file}: this is neither MARC (ISO 2709 or MARCXML)`);
  });

  test("with --replace ends with 3 where a person has to look at what would leave the feed", async () => {
    await lienthong("import", folder.write("all.mrc", booksOf(40)), "--into", "tinh");
    const few = await lienthong("import", folder.write("few.mrc", booksOf(10)), "--into", "tinh", "--replace");
    expect(few.code).toBe(3);
    expect(runReported(few).outcome).toBe("held for review");
    expect(few.stdout).toContain("30 of 40 records would leave the feed");
  });

  test("refuses a code that cannot be one, another name for a known one, and a retired one", async () => {
    const file = folder.write("books.mrc", booksOf(1));
    expect((await lienthong("import", file, "--into", "Tỉnh")).stderr).toMatch(/^lienthong: .*Tỉnh/);
    await lienthong("import", file, "--into", "tinh");
    const renamed = await lienthong("import", file, "--into", "tinh", "--name", "Khác");
    expect([renamed.code, renamed.stderr]).toEqual([
      1,
      'lienthong: "tinh" is registered already, as "tinh"; leave --name out\n',
    ]);
    await lienthong("repository", "remove", "tinh", "--yes");
    const retired = await lienthong("import", file, "--into", "tinh");
    expect([retired.code, retired.stderr]).toEqual([
      1,
      'lienthong: "tinh" is retired: nothing is imported into it again\n',
    ]);
  });

  test("wants to know whose records they are", async () => {
    const { code, stderr } = await lienthong("import", folder.write("books.mrc", booksOf(1)));
    expect(code).toBe(1);
    expect(stderr).toContain("--into <code>");
  });
});

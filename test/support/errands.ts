import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { buildProgram } from "./program.ts";

/** What the whole run needs made once, or by one for all; see `startErrands`. */
export interface Errands {
  readonly origin: string;
  close(): Promise<void>;
}

/**
 * Makes and drops databases for all test files, keeps folders for them, and builds the program when the first of them asks for it. One connection
 * does it all: each new one has the memory of the server mapped to it page by page, which takes ten times as long as to
 * copy the template.
 */
export async function startErrands(postgresUrl: string, template: string): Promise<Errands> {
  const client = new pg.Client(postgresUrl);
  await client.connect();
  let program: ReturnType<typeof buildProgram> | undefined;
  const folders: string[] = [];

  async function run(method: string, url: string): Promise<string> {
    const [, what = "", name = ""] = url.split("/");
    if (what === "program") {
      program ??= buildProgram();
      return (await program).folder;
    }
    if (what === "folder") {
      const folder = mkdtempSync(join(tmpdir(), "lienthong-run-"));
      // whoever runs a server gets there
      chmodSync(folder, 0o755);
      folders.push(folder);
      return folder;
    }
    if (!/^[a-z0-9_]+$/.test(name)) throw new Error(`no database can be called ${name}`);
    const from = what === "migrated" ? template : "template0";
    await client.query(
      method === "DELETE" ? `DROP DATABASE ${name} WITH (FORCE)` : `CREATE DATABASE ${name} TEMPLATE ${from}`,
    );
    return name;
  }

  const server = http.createServer((request, response) => {
    // one that is kept open may end just when it is used again
    response.setHeader("connection", "close");
    run(request.method ?? "", request.url ?? "").then(
      (text) => response.end(text),
      (error) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await client.end();
      (await program)?.remove();
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A folder of the whole run, removed with it: a worker is ended without a word. */
export async function folderOfRun(origin: string): Promise<string> {
  return await doErrand(origin, "POST", "folder");
}

/** Has one of `startErrands` done, in the process that set up the run. */
export async function doErrand(origin: string, method: "POST" | "DELETE", path: string): Promise<string> {
  const response = await fetch(`${origin}/${path}`, { method });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${text}`);
  return text;
}

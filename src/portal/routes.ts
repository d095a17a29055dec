import { readFileSync } from "node:fs";
import type { FastifyPluginAsync } from "fastify";
import { h } from "preact";
import { renderToString } from "preact-render-to-string";
import type { Db } from "../store/database.ts";
import { languageOf } from "./messages/messages.ts";
import { StatusPage } from "./pages/status-page.tsx";
import { readStatus } from "./status.ts";

/** What the pages need to know. */
export interface PortalOptions {
  readonly db: Db;
  readonly name: string;
  /** Base URL of our feed, known once the server listens. */
  readonly oaiUrl: () => string;
}

const YEAR_SECONDS = 365 * 24 * 60 * 60;
const ASSETS = [
  { path: "/style.css", type: "text/css; charset=utf-8" },
  { path: "/favicon.svg", type: "image/svg+xml" },
] as const;

/** The pages for people. */
export function portalRoutes({ db, name, oaiUrl }: PortalOptions): FastifyPluginAsync {
  return async (server) => {
    server.get<{ Querystring: { lang?: string } }>("/", async (request, reply) => {
      const { lang } = request.query;
      const language = languageOf(lang, request.headers.cookie);
      if (lang === language)
        reply.header("set-cookie", `lang=${language}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax`);
      const page = h(StatusPage, { status: await readStatus(db, new Date()), language, name, oaiUrl: oaiUrl() });
      // the language hangs on a cookie, and the state changes by the minute
      reply.header("cache-control", "no-store");
      return reply.type("text/html; charset=utf-8").send(`<!doctype html>${renderToString(page)}`);
    });
    for (const { path, type } of ASSETS) {
      const content = readFileSync(new URL(`../../web${path}`, import.meta.url));
      server.get(path, async (_request, reply) =>
        reply.type(type).header("cache-control", "public, max-age=3600").send(content),
      );
    }
  };
}

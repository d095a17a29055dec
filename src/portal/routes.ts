import { readFileSync } from "node:fs";
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import { h } from "preact";
import { renderToString } from "preact-render-to-string";
import type { Db } from "../store/database.ts";
import { type Counts, createCounts } from "./counts.ts";
import { type Language, languageOf } from "./messages/messages.ts";
import { NotFoundPage } from "./pages/not-found-page.tsx";
import { RecordPage } from "./pages/record-page.tsx";
import { RepositoryPage } from "./pages/repository-page.tsx";
import { StatusPage } from "./pages/status-page.tsx";
import { TokenPage } from "./pages/token-page.tsx";
import { type Explain, readRecord } from "./record-details.ts";
import { readRepository } from "./repository-status.ts";
import { readStatus } from "./status.ts";
import type { ExplainToken } from "./token-details.ts";

/** What the pages need to know. */
export interface PortalOptions {
  readonly db: Db;
  readonly name: string;
  /** Base URL of our feed, known once the server listens. */
  readonly oaiUrl: () => string;
  /** The formats of our feed. */
  readonly prefixes: readonly string[];
  readonly explain: Explain;
  readonly explainToken: ExplainToken;
  /** Shared with whoever shows the same numbers. */
  readonly counts?: Counts;
}

const YEAR_SECONDS = 365 * 24 * 60 * 60;
const ASSETS = [
  { path: "/style.css", type: "text/css; charset=utf-8" },
  { path: "/favicon.svg", type: "image/svg+xml" },
  // answers of the feed as a browser shows them
  { path: "/oai.xsl", type: "text/xml; charset=utf-8" },
  { path: "/oai.css", type: "text/css; charset=utf-8" },
  { path: "/oai-plain.css", type: "text/css; charset=utf-8" },
  { path: "/oai.js", type: "text/javascript; charset=utf-8" },
] as const;

/** The pages for people. */
export function portalRoutes(options: PortalOptions): FastifyPluginAsync {
  const { db, name, oaiUrl, prefixes, explain, explainToken, counts = createCounts(options.db) } = options;
  return async (server) => {
    server.get("/", async (request, reply) => {
      const language = chosenLanguage(request, reply);
      const status = await readStatus(db, new Date(), await counts.records());
      const use = await counts.use();
      return sendPage(reply, renderToString(h(StatusPage, { status, use, language, name, oaiUrl: oaiUrl() })));
    });
    server.get<{ Params: { code: string } }>("/repositories/:code", async (request, reply) => {
      const language = chosenLanguage(request, reply);
      const counted = { ...counts, records: (await counts.records()).value };
      const repository = await readRepository(db, request.params.code, new Date(), counted);
      if (repository === null) return sendNotFound(reply, { what: "notFound", language, name });
      return sendPage(reply, renderToString(h(RepositoryPage, { repository, language, name })));
    });
    server.get<{ Querystring: { identifier?: unknown } }>("/records", async (request, reply) => {
      const { identifier } = request.query;
      const asked = typeof identifier === "string" ? identifier.trim() : "";
      return reply.redirect(asked === "" ? "/" : `/records/${encodeURIComponent(asked)}`);
    });
    // identifiers are longer than a parameter may be, and hold slashes
    server.get<{ Params: { "*": string } }>("/records/*", async (request, reply) => {
      const language = chosenLanguage(request, reply);
      const details = await readRecord(db, request.params["*"], explain);
      if (details === null) return sendNotFound(reply, { what: "recordNotFound", language, name });
      return sendPage(reply, renderToString(h(RecordPage, { details, prefixes, language, name })));
    });
    server.get<{ Querystring: { resumptionToken?: unknown } }>("/oai/admin/token", async (request, reply) => {
      const language = chosenLanguage(request, reply);
      const { resumptionToken } = request.query;
      const token = typeof resumptionToken === "string" ? resumptionToken.trim() : "";
      return sendPage(reply, renderToString(h(TokenPage, { token, details: explainToken(token), language, name })));
    });
    for (const { path, type } of ASSETS) {
      const content = readFileSync(new URL(`../../web${path}`, import.meta.url));
      server.get(path, async (_request, reply) =>
        reply.type(type).header("cache-control", "public, max-age=3600").send(content),
      );
    }
  };
}

/** The language of a request; one that was asked for is remembered in a cookie. */
function chosenLanguage(request: FastifyRequest, reply: FastifyReply): Language {
  const { lang } = request.query as { readonly lang?: string };
  const language = languageOf(lang, request.headers.cookie);
  if (lang === language) reply.header("set-cookie", `lang=${language}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax`);
  return language;
}

function sendNotFound(reply: FastifyReply, props: Parameters<typeof NotFoundPage>[0]): FastifyReply {
  return sendPage(reply.code(404), renderToString(h(NotFoundPage, props)));
}

function sendPage(reply: FastifyReply, page: string): FastifyReply {
  // the language hangs on a cookie, and the state changes by the minute
  reply.header("cache-control", "no-store");
  return reply.type("text/html; charset=utf-8").send(`<!doctype html>${page}`);
}

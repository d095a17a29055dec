import { type Kysely, sql } from "kysely";

/** Who used the feed, day by day (ADR 16). */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const COUNTS = {
  requests: "requests; of a dump its files",
  records: "records delivered with their metadata, deleted ones too",
  bytes: "bytes of the answers as they were sent",
  lists: "lists of records delivered to their last page",
  empty: "noRecordsMatch: nothing new since the last time, or nothing in that set",
  unchanged: "304: the consumer has it already",
  wrong: "other errors of the protocol, and requests that are wrong as HTTP",
  limited: "refused: asked more often than a consumer may in a minute",
  busy: "refused: too many waited",
  behind: "refused: the replica was behind the list",
  failed: "refused: something was wrong with us",
  gone: "hung up before the answer was delivered",
};

const STATEMENTS = [
  `CREATE TABLE consumer_day (
    day date NOT NULL,
    surface text NOT NULL CHECK (surface IN ('feed', 'api', 'export')),
    network text NOT NULL,
    user_agent text NOT NULL,
    contact text NOT NULL,
    route text NOT NULL,
    metadata_prefix text NOT NULL,
    set_spec text NOT NULL,
    product text NOT NULL,
    ${Object.keys(COUNTS)
      .map((name) => `${name} bigint NOT NULL DEFAULT 0`)
      .join(",\n    ")},
    PRIMARY KEY (day, surface, network, user_agent, contact, route, metadata_prefix, set_spec)
  )`,
  `COMMENT ON TABLE consumer_day IS 'what each consumer asked for on a day of Vietnam (UTC+7), as servers add it up'`,
  `COMMENT ON COLUMN consumer_day.network IS '24 bits of an IPv4 address, 48 of an IPv6 one, never all; empty: unknown, or of many'`,
  `COMMENT ON COLUMN consumer_day.user_agent IS 'User-Agent, cleaned and cut; empty: none; (others): beyond the bound of distinct ones'`,
  `COMMENT ON COLUMN consumer_day.contact IS 'From (RFC 9110 §10.1.2), cleaned and cut; empty: none'`,
  `COMMENT ON COLUMN consumer_day.route IS 'the verb of the feed, the address of the API; empty: it could not be read, or there is no such'`,
  `COMMENT ON COLUMN consumer_day.metadata_prefix IS 'format of an answer that was given; of a dump the name of its file'`,
  `COMMENT ON COLUMN consumer_day.set_spec IS 'set of an answer that was given; empty: the whole feed'`,
  `COMMENT ON COLUMN consumer_day.product IS 'name of the program as its User-Agent has it: all that the pages show of a consumer'`,
  ...Object.entries(COUNTS).map(([name, about]) => `COMMENT ON COLUMN consumer_day.${name} IS '${about}'`),
];

import { type DestinationStream, type LevelWithSilent, type Logger, pino, stdSerializers } from "pino";

/** Facts that must never reach a log, wherever they stand in what is logged. */
const SECRETS = [
  "password",
  "tokenSecret",
  "authorization",
  "cookie",
  "*.password",
  "*.tokenSecret",
  "*.authorization",
  "*.cookie",
];

/** The program's one logger; rooms get children that know their repository or run. */
export function createLogger(level: LevelWithSilent, destination?: DestinationStream): Logger {
  const serializers = { err: readableError };
  const options = { level, base: null, redact: SECRETS, serializers, timestamp: pino.stdTimeFunctions.isoTime };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/**
 * A failure of ours is a sentence that says what was wrong, where, and what to do: its stack would only hide that. Whatever
 * else is thrown was not foreseen, and its stack is what there is.
 */
function readableError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  // our classes name themselves (`override readonly name`), those of others inherit or invent a name
  const ours = Object.hasOwn(error, "name") && error.name === error.constructor.name;
  if (!ours) return stdSerializers.err(error);
  const { name: type, message, cause } = error;
  return { type, message, ...(cause === undefined ? {} : { cause: cause instanceof Error ? cause.message : cause }) };
}

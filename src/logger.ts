import { type DestinationStream, type LevelWithSilent, type Logger, pino } from "pino";

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
  const options = { level, base: null, redact: SECRETS, timestamp: pino.stdTimeFunctions.isoTime };
  return destination === undefined ? pino(options) : pino(options, destination);
}

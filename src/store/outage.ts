/** SQLSTATE: connection exceptions, and a server that is being stopped, has crashed or is starting (57P01 to 57P03). */
const AWAY = /^(?:08...|57P0[123])$/;
/** SQLSTATE: rolled back, short of something (memory, disk, connections), stopped by an operator, failed by its system. */
const IN_TROUBLE = /^(?:40|53|57|58)...$/;
/** The system's words for a server that cannot be reached. */
const UNREACHABLE = /^(?:ECONN(?:REFUSED|RESET|ABORTED)|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/;
/** The driver has sentences for what has no code. */
const BROKEN = /^Connection terminated|not queryable$|^timeout exceeded when trying to connect$/;

/** Whether a statement failed because the database server went away, or is not there yet: asking again will tell. */
export function isOutage(error: unknown): boolean {
  const code = codeOf(error);
  return AWAY.test(code) || UNREACHABLE.test(code) || (error instanceof Error && BROKEN.test(error.message));
}

/**
 * Whether a statement failed for a reason that lies in the server and not in what was to be stored: an outage, a full
 * disk, a deadlock. Failures of our HTTP client are never meant: they are classes of their own, without a code.
 */
export function isStoreFailure(error: unknown): boolean {
  return isOutage(error) || IN_TROUBLE.test(codeOf(error));
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

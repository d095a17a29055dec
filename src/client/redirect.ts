import { AnswerFailure } from "./failures.ts";
import { isSignInAddress } from "./sign-in.ts";
import { isSameSite } from "./site.ts";

/** Where an answer sends us, and whether for good. */
export interface Redirect {
  readonly url: URL;
  readonly permanent: boolean;
}

/** A request that may be redirected. */
export interface Redirectable {
  /** What was asked for in the beginning. */
  readonly first: URL;
  /** What was asked for last. */
  readonly current: URL;
  readonly secrets: boolean;
}

export const MAX_REDIRECTS = 5;

/** RFC 9110 §15.4: those that repeat the request elsewhere; `true`: for good. */
const REDIRECTS: ReadonlyMap<number, boolean> = new Map([
  [301, true],
  [302, false],
  [303, false],
  [307, false],
  [308, true],
]);

/**
 * Reads the redirect of an answer; `null` where it is none. Throws `AnswerFailure` where it must not be followed: to
 * another site, to a sign-in page, or away from https with credentials in hand.
 */
export function redirectOf(status: number, location: string | undefined, request: Redirectable): Redirect | null {
  const permanent = REDIRECTS.get(status);
  if (permanent === undefined || location === undefined) return null;
  const { first, current, secrets } = request;
  if (!URL.canParse(location, current))
    throw new AnswerFailure("bad_url", `${current.href} redirects to "${location.slice(0, 200)}", which is no URL`);
  const url = new URL(location, current);
  if (!/^https?:$/.test(url.protocol))
    throw new AnswerFailure("bad_url", `${first.href} redirects to ${url.href}, which is not http`);
  if (isSignInAddress(url))
    throw new AnswerFailure("login_page", `${first.href} redirects to a sign-in page: ${url.origin}${url.pathname}`);
  if (!isSameSite(first.hostname, url.hostname))
    throw new AnswerFailure("redirected_elsewhere", `${first.href} redirects to another site: ${url.href}`);
  if (secrets && current.protocol === "https:" && url.protocol === "http:")
    throw new AnswerFailure(
      "redirected_elsewhere",
      `${first.href} redirects from https to ${url.href}; credentials are not taken to an unprotected address`,
    );
  return { url, permanent };
}

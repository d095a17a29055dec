import { isIP } from "node:net";
import { unbracketed } from "./address-guard.ts";

/** Second-level labels below a country's domain that stand for a kind of holder, not for a holder (`edu.vn`, `ac.uk`). */
const HOLDER_KINDS = new Set(
  "ac ai biz co com edu gob gouv gov go health id info int io k12 mil name ne net or org pro res sch".split(" "),
);

/**
 * The part of a host name that one holder registered: `tlu.edu.vn` of `tailieuso.tlu.edu.vn`. A rule of thumb instead of
 * the Public Suffix List: it decides only whether a redirect stays with the same institution, never who gets a secret.
 * An IP address and a name without dots are their own.
 */
export function registeredDomain(hostname: string): string {
  const host = hostname.toLowerCase().replace(/\.$/, "");
  if (isIP(unbracketed(host)) !== 0) return host;
  const labels = host.split(".");
  const [kind = "", country = ""] = labels.slice(-2);
  const suffixLabels = country.length === 2 && HOLDER_KINDS.has(kind) ? 2 : 1;
  return labels.slice(-suffixLabels - 1).join(".");
}

/** Whether two hosts belong to one site: the same host, with or without `www`, or hosts of one registered domain. */
export function isSameSite(one: string, other: string): boolean {
  return registeredDomain(one) === registeredDomain(other);
}

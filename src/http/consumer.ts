import { isIPv4, isIPv6 } from "node:net";

/** What is no address is what a proxy wrote; longer than any address it would only cost memory. */
const LONGEST_TEXT = 64;

/**
 * Who stands behind an address, as far as an address tells: an IPv4 address as it is; of IPv6 the network of 64 bits, because each
 * house has one and every machine in it may choose among its addresses (RFC 4291 §2.5.4, RFC 8981).
 * All whose connection has no address any more are one.
 */
export function consumerOf(address: string | undefined = ""): string {
  const plain = plainAddress(address);
  if (isIPv4(plain)) return plain;
  return isIPv6(plain) ? `${groupsOf(plain).join(":")}::/64` : plain.slice(0, LONGEST_TEXT);
}

/**
 * The network that an address is written down by: 24 bits of an IPv4 address, 48 of an IPv6 one, which is what a site is given
 * (RFC 6177). It tells a university from its neighbour and no person from another. Empty where there is no address.
 */
export function networkOf(address: string | undefined = ""): string {
  const plain = plainAddress(address);
  if (isIPv4(plain)) return plain.replace(/\d+$/, "0/24");
  if (!isIPv6(plain)) return "";
  // the shortest form (RFC 5952 §4.2), so that one network has one name
  const site = groupsOf(plain)
    .slice(0, 3)
    .join(":")
    .replace(/(?:^|:)0(?::0)*$/, "");
  return `${site}::/48`;
}

/** Without its zone, and an IPv4 address as one. */
function plainAddress(address: string): string {
  return address.replace(/%.*$/, "").replace(/^::ffff:(?=\d+\.)/i, "");
}

/** The first four groups of 16 bits of an IPv6 address. */
function groupsOf(address: string): readonly string[] {
  const [head = [], tail = []] = address.split("::").map((half) => half.split(":").filter((group) => group !== ""));
  // the last two groups may be written as an IPv4 address
  const tailLength = tail.length + (tail.at(-1)?.includes(".") ? 1 : 0);
  const zeros = address.includes("::") ? Array.from({ length: 8 - head.length - tailLength }, () => "0") : [];
  const groups = [...head, ...zeros, ...tail].slice(0, 4);
  return groups.map((group) => Number.parseInt(group, 16).toString(16));
}

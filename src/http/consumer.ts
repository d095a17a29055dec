import { isIPv4, isIPv6 } from "node:net";

/** What is no address is what a proxy wrote; longer than any address it would only cost memory. */
const LONGEST_TEXT = 64;

/**
 * Who stands behind an address, as far as an address tells: an IPv4 address as it is; of IPv6 the network of 64 bits, because each
 * house has one and every machine in it may choose among its addresses (RFC 4291 §2.5.4, RFC 8981).
 * All whose connection has no address any more are one.
 */
export function consumerOf(address: string | undefined = ""): string {
  const plain = address.replace(/%.*$/, "").replace(/^::ffff:(?=\d+\.)/i, "");
  if (isIPv4(plain)) return plain;
  return isIPv6(plain) ? `${networkOf(plain)}::/64` : plain.slice(0, LONGEST_TEXT);
}

function networkOf(address: string): string {
  const [head = [], tail = []] = address.split("::").map((half) => half.split(":").filter((group) => group !== ""));
  // the last two groups may be written as an IPv4 address
  const tailLength = tail.length + (tail.at(-1)?.includes(".") ? 1 : 0);
  const zeros = address.includes("::") ? Array.from({ length: 8 - head.length - tailLength }, () => "0") : [];
  const groups = [...head, ...zeros, ...tail].slice(0, 4);
  return groups.map((group) => Number.parseInt(group, 16).toString(16)).join(":");
}

import type { LookupAddress } from "node:dns";
import { BlockList, isIP } from "node:net";
import { AnswerFailure } from "./failures.ts";

/** Keeps requests away from networks that are nobody's business: loopback, private, metadata services and the like. */
export interface AddressGuard {
  /** What can be told before any name is looked up: the address and port a URL spells out. Throws `AnswerFailure`. */
  checkUrl(url: URL, allowPrivate: boolean): void;
  /** Judges the addresses that are about to be connected to; one bad one refuses all. Throws `AnswerFailure`. */
  checkAddresses(host: string, port: number, addresses: readonly LookupAddress[], allowPrivate: boolean): void;
}

/** `private`: somebody's own network, which an operator may allow. `never`: no repository lives there. */
export type AddressKind = "public" | "private" | "never";

type Subnet = readonly [network: string, prefix: number];

const USUAL_PORTS: ReadonlySet<number> = new Set([80, 443, 8080, 8443]);

/** RFC 1918, RFC 6598 (carrier-grade NAT), RFC 1122 (loopback), RFC 4193 (unique local). */
const PRIVATE = subnets([
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["::1", 128],
  ["fc00::", 7],
]);

/** Metadata services of clouds, link-local, multicast, documentation, reserved (IANA special-purpose registries). */
const NEVER = subnets([
  ["0.0.0.0", 8],
  ["100.100.100.200", 32],
  ["168.63.129.16", 32],
  ["169.254.0.0", 16],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
  ["fd00:ec2::254", 128],
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
]);

/** All that IANA has given out as global unicast; IPv4-mapped, NAT64, link-local and multicast lie outside of it. */
const GLOBAL_IPV6 = subnets([["2000::", 3]]);

/** What kind of address this is, IPv4 or IPv6, in the spelling of `node:net`. */
export function addressKind(address: string): AddressKind {
  const version = isIP(address);
  if (version === 0 || address.includes("%")) return "never";
  const family = version === 4 ? "ipv4" : "ipv6";
  if (NEVER.check(address, family)) return "never";
  if (PRIVATE.check(address, family)) return "private";
  return version === 4 || GLOBAL_IPV6.check(address, family) ? "public" : "never";
}

/**
 * A guard that lets pass what is public, and what `privateNetworks` names: networks (`10.2.0.0/16`), single addresses and
 * host names. Throws an `Error` for an entry that is none of these.
 */
export function createAddressGuard(privateNetworks: readonly string[]): AddressGuard {
  const { names, networks } = parsePrivateNetworks(privateNetworks);
  const refusalOf = (host: string, address: string, allowPrivate: boolean): string | null => {
    if (names.has(host) || isListed(networks, address)) return null;
    const kind = addressKind(address);
    if (kind === "public" || (kind === "private" && allowPrivate)) return null;
    return kind === "private" ? "an address of a private network" : "an address where no repository can be";
  };
  const checkAddresses: AddressGuard["checkAddresses"] = (written, port, addresses, allowPrivate) => {
    const host = plainName(written);
    for (const { address } of addresses) {
      const refusal = refusalOf(host, address, allowPrivate);
      if (refusal !== null)
        throw refused(
          written === address ? `${address} is ${refusal}` : `${written} leads to ${address}, ${refusal}`,
          host,
        );
    }
    const inNetworks = addresses.length > 0 && addresses.every(({ address }) => isListed(networks, address));
    const listed = names.has(host) || inNetworks;
    if (!listed && !allowPrivate && !USUAL_PORTS.has(port))
      throw refused(`${written} is asked for on port ${port}; repositories are on 80, 443, 8080 or 8443`, host);
  };
  return {
    checkUrl: (url, allowPrivate) => {
      if (!/^https?:$/.test(url.protocol)) throw new AnswerFailure("bad_url", `${url.protocol} is not http or https`);
      if (url.username !== "" || url.password !== "")
        throw new AnswerFailure("bad_url", `the address of ${url.host} holds a user name; it belongs in the settings`);
      const address = unbracketed(url.hostname);
      const family = isIP(address);
      if (family !== 0) checkAddresses(address, portOf(url), [{ address, family }], allowPrivate);
    },
    checkAddresses,
  };
}

/** The port that a URL means. */
export function portOf(url: URL): number {
  if (url.port !== "") return Number(url.port);
  return url.protocol === "https:" ? 443 : 80;
}

/** The host of a URL as `node:net` wants it: an IPv6 address without its brackets. */
export function unbracketed(hostname: string): string {
  return hostname.startsWith("[") ? hostname.slice(1, -1) : hostname;
}

interface PrivateNetworks {
  readonly names: ReadonlySet<string>;
  readonly networks: BlockList;
}

/** Reads networks, addresses and host names. Throws an `Error` that names the entry that is none of these. */
export function parsePrivateNetworks(entries: readonly string[]): PrivateNetworks {
  const names = new Set<string>();
  const listed: Subnet[] = [];
  for (const entry of entries) {
    const [network = "", prefix] = entry.split("/");
    const version = isIP(network);
    const bits = version === 4 ? 32 : 128;
    if (version !== 0 && prefix === undefined) listed.push([network, bits]);
    else if (version !== 0 && /^\d{1,3}$/.test(prefix ?? "") && Number(prefix) <= bits)
      listed.push([network, Number(prefix)]);
    else if (version === 0 && /^[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?$/i.test(entry) && /[a-z]/i.test(entry))
      names.add(plainName(entry));
    else throw new Error(`"${entry}" is neither a network such as 10.2.0.0/16 nor an address nor a host name`);
  }
  return { names, networks: subnets(listed) };
}

function refused(what: string, host: string): AnswerFailure {
  return new AnswerFailure(
    "address_refused",
    `${what}. An operator who trusts it can allow private networks for this repository or add ${host} to HARVEST_PRIVATE_NETWORKS`,
  );
}

function subnets(list: readonly Subnet[]): BlockList {
  const block = new BlockList();
  for (const [network, prefix] of list) block.addSubnet(network, prefix, isIP(network) === 4 ? "ipv4" : "ipv6");
  return block;
}

function isListed(networks: BlockList, address: string): boolean {
  return isIP(address) !== 0 && networks.check(address, isIP(address) === 4 ? "ipv4" : "ipv6");
}

/** Names are compared in lower case and without the dot that makes them absolute. */
function plainName(host: string): string {
  return host.toLowerCase().replace(/\.$/, "");
}

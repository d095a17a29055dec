import { X509Certificate } from "node:crypto";
import { isIP, type LookupFunction } from "node:net";
import { type DetailedPeerCertificate, type PeerCertificate, rootCertificates, TLSSocket } from "node:tls";
import { Agent, buildConnector, type Dispatcher, ProxyAgent } from "undici";
import type { AddressGuard } from "./address-guard.ts";
import type { RepositoryConnection } from "./connection.ts";
import { AnswerFailure } from "./failures.ts";
import type { Surroundings } from "./surroundings.ts";
import { tlsFailure } from "./tls-failures.ts";

/** Connections of undici, one pool for each kind of trust: a connection opened with more of it is never used with less. */
export interface Dispatchers {
  /** Throws `AnswerFailure` where the CA bundle holds no certificate. */
  of(connection: RepositoryConnection): Dispatcher;
  close(): Promise<void>;
}

export interface DispatcherOptions {
  readonly connectTimeoutMs: number;
  /** URL of an HTTP proxy for all requests, or `null`. */
  readonly proxy: string | null;
}

/** Hosts with many addresses are tried one after the other; a repository far away needs more than Node's 250 ms. */
const NEXT_ADDRESS_MS = 2_500;

/** Makes dispatchers that connect only where `guard` lets them. */
export function createDispatchers(
  options: DispatcherOptions,
  guard: AddressGuard,
  surroundings: Surroundings,
): Dispatchers {
  const made = new Map<string, Dispatcher>();
  return {
    of: (connection) => {
      const key = `${connection.allowPrivate} ${connection.caBundle ?? ""}`;
      const known = made.get(key);
      if (known !== undefined) return known;
      const tls = trustOf(connection.caBundle);
      const dispatcher =
        options.proxy === null
          ? new Agent({
              connections: 1,
              pipelining: 1,
              connect: guardedConnector(options, tls, guard, surroundings, connection.allowPrivate),
            })
          : new ProxyAgent({
              uri: options.proxy,
              // a proxy tunnels https; plain http it forwards, and many refuse to tunnel that
              proxyTunnel: false,
              connections: 1,
              requestTls: { ...tls, timeout: options.connectTimeoutMs },
              proxyTls: { timeout: options.connectTimeoutMs },
            });
      made.set(key, dispatcher);
      return dispatcher;
    },
    close: async () => {
      await Promise.all([...made.values()].map((dispatcher) => dispatcher.close()));
    },
  };
}

/** The public authorities and the repository's own certificates; one that is pinned need not lead to a root. */
function trustOf(caBundle: string | null) {
  if (caBundle === null) return {};
  const certificates = caBundle.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  try {
    for (const pem of certificates) new X509Certificate(pem);
  } catch (cause) {
    throw new AnswerFailure("tls_untrusted", "the CA bundle of this repository cannot be read", { cause });
  }
  if (certificates.length === 0)
    throw new AnswerFailure("tls_untrusted", "the CA bundle of this repository holds no certificate in PEM");
  return { ca: [...rootCertificates, ...certificates], allowPartialTrustChain: true };
}

/**
 * Connects to the very addresses that were judged: the name is looked up once, inside the connecting, so that there is no
 * second answer to be fooled with. Literal addresses are never looked up and are judged here.
 */
function guardedConnector(
  { connectTimeoutMs }: DispatcherOptions,
  tls: ReturnType<typeof trustOf>,
  guard: AddressGuard,
  surroundings: Surroundings,
  allowPrivate: boolean,
): buildConnector.connector {
  const connectors = new Map<number, buildConnector.connector>();
  const connectorTo = (port: number): buildConnector.connector => {
    const known = connectors.get(port);
    if (known !== undefined) return known;
    const connector = buildConnector({
      ...tls,
      timeout: connectTimeoutMs,
      autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_MS,
      lookup: guardedLookup(guard, surroundings, port, allowPrivate),
    });
    connectors.set(port, connector);
    return connector;
  };
  return (target, callback) => {
    const port = Number(target.port === "" ? (target.protocol === "https:" ? 443 : 80) : target.port);
    const family = isIP(target.hostname);
    try {
      if (family !== 0)
        guard.checkAddresses(target.hostname, port, [{ address: target.hostname, family }], allowPrivate);
    } catch (error) {
      callback(error as Error, null);
      return;
    }
    let certificates: readonly PeerCertificate[] = [];
    // undici gives back the socket, though its types do not say so
    const socket: unknown = connectorTo(port)(target, (...result) => {
      const [error] = result;
      if (error === null) callback(...result);
      else callback(tlsFailure(error, target.hostname, certificates) ?? error, null);
    });
    if (socket instanceof TLSSocket) {
      // before Node.js judges the certificates and takes the socket away: what they say is wanted for the message
      socket.prependOnceListener("secure", () => {
        certificates = chainOf(socket.getPeerCertificate(true));
      });
    }
  };
}

function chainOf(first: DetailedPeerCertificate): readonly PeerCertificate[] {
  const chain: PeerCertificate[] = [];
  let next: DetailedPeerCertificate | undefined = first;
  // a root names itself as its issuer
  while (next?.valid_to !== undefined && !chain.includes(next)) {
    chain.push(next);
    next = next.issuerCertificate;
  }
  return chain;
}

function guardedLookup(
  guard: AddressGuard,
  { lookUp }: Surroundings,
  port: number,
  allowPrivate: boolean,
): LookupFunction {
  return (hostname, options, callback) => {
    lookUp(hostname)
      .then((addresses) => {
        guard.checkAddresses(hostname, port, addresses, allowPrivate);
        return addresses;
      })
      .then(
        (addresses) => {
          const [first] = addresses;
          if (options.all === true) callback(null, [...addresses]);
          else callback(null, first?.address ?? "", first?.family ?? 0);
        },
        (error: NodeJS.ErrnoException) => callback(error, ""),
      );
  };
}

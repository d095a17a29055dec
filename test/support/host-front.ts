import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";

/** What one address has been asked. */
export interface HostLog {
  readonly address: string;
  readonly requests: number;
  /** The most requests that were being answered at the same moment. */
  readonly mostAtOnce: number;
  /** Whom the requests were for, oldest first, repetitions left out: who is named twice was left and come back to. */
  readonly visits: readonly string[];
}

/** Several hosts in front of one server, which see who asks for what at the same time as whom. */
export interface HostFront {
  /** Where `path` of the server can be asked for, at the host of that number. */
  url(host: number, path: string): string;
  logs(): readonly HostLog[];
  /** The most hosts that were being asked at the same moment. */
  mostHostsAtOnce(): number;
  /** Forgets what was seen. */
  forget(): void;
  close(): Promise<void>;
}

interface Host {
  readonly address: string;
  readonly server: http.Server;
  requests: number;
  atOnce: number;
  mostAtOnce: number;
  visits: string[];
}

/**
 * So many addresses of this machine: 127.0.0.1, 127.0.0.2 and so on. Where there is only the first of them (macOS), that
 * one again and again: a port of its own makes a host too.
 */
export async function hostAddresses(count: number): Promise<readonly string[]> {
  const addresses = Array.from({ length: count }, (_, index) => `127.0.0.${index + 1}`);
  const probe = http.createServer().listen(0, addresses.at(-1));
  const there = await once(probe, "listening").then(
    () => true,
    () => false,
  );
  probe.close();
  return there ? addresses : addresses.map(() => "127.0.0.1");
}

/** Opens hosts before the server at `origin`. Each request takes `delayMs` longer than the server does. */
export async function startHostFront(
  addresses: readonly string[],
  origin: string,
  delayMs: number,
): Promise<HostFront> {
  const hosts = addresses.map(newHost);
  let mostHosts = 0;
  for (const host of hosts) {
    host.server.on("request", (request: http.IncomingMessage, response: http.ServerResponse) => {
      enter(host, request.url ?? "");
      mostHosts = Math.max(mostHosts, hosts.filter(({ atOnce }) => atOnce > 0).length);
      response.once("close", () => {
        host.atOnce -= 1;
      });
      setTimeout(() => forward(origin, request, response), delayMs);
    });
    host.server.listen(0, host.address);
    await once(host.server, "listening");
  }
  return {
    url: (number, path) => {
      const host = hosts[number];
      if (host === undefined) throw new Error(`there is no host ${number} of ${hosts.length}`);
      return `http://${host.address}:${(host.server.address() as AddressInfo).port}${path}`;
    },
    logs: () => hosts.map(({ address, requests, mostAtOnce, visits }) => ({ address, requests, mostAtOnce, visits })),
    mostHostsAtOnce: () => mostHosts,
    forget: () => {
      mostHosts = 0;
      for (const host of hosts) Object.assign(host, { requests: 0, mostAtOnce: host.atOnce, visits: [] });
    },
    close: async () => {
      for (const { server } of hosts) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

function newHost(address: string): Host {
  return { address, server: http.createServer(), requests: 0, atOnce: 0, mostAtOnce: 0, visits: [] };
}

function enter(host: Host, url: string): void {
  host.requests += 1;
  host.atOnce += 1;
  host.mostAtOnce = Math.max(host.mostAtOnce, host.atOnce);
  const [path = ""] = url.split("?");
  if (host.visits.at(-1) !== path) host.visits.push(path);
}

function forward(origin: string, { method, url, headers }: http.IncomingMessage, response: http.ServerResponse): void {
  const { host: _, ...passed } = headers;
  const asked = http.request(`${origin}${url}`, { method: method ?? "GET", headers: passed }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  asked.once("error", (error) => response.destroy(error));
  asked.end();
}

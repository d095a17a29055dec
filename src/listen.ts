import type { FastifyInstance } from "fastify";

/** Where a web server listens. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Connections that are still answered after this are cut off: a process that is told to stop has ten seconds. */
const CLOSE_TIMEOUT_MS = 6_000;

/** Begins to listen. Throws a sentence that says what is in the way. */
export async function listen(server: FastifyInstance, { port, host }: Address): Promise<void> {
  try {
    await server.listen({ port, host });
  } catch (cause) {
    const taken = cause instanceof Error && "code" in cause && cause.code === "EADDRINUSE";
    const advice = taken ? "it is taken; PORT=… chooses another" : String(cause);
    throw new Error(`the web server cannot listen on port ${port} of ${host}: ${advice}`, { cause });
  }
}

/** Where a server that listens answers on this machine, e.g. `http://localhost:3000`; before it does, where it should. */
export function localUrl(server: FastifyInstance, port: number): string {
  const address = server.server.address();
  return `http://localhost:${address !== null && typeof address === "object" ? address.port : port}`;
}

/** Finishes the answers in hand, as long as that may take. */
export async function closeServer(server: FastifyInstance): Promise<void> {
  const cutOff = setTimeout(() => server.server.closeAllConnections(), CLOSE_TIMEOUT_MS);
  await server.close();
  clearTimeout(cutOff);
}

import { resolve } from "node:path";
import { openCluster } from "./cluster.ts";
import { databaseUrl, joinServer, leaveServer, type Membership } from "./membership.ts";

/** The embedded PostgreSQL, running. */
export interface EmbeddedPostgres {
  /** Of the program's database, on the loopback interface, password included: not for logs. */
  readonly url: string;
  /** Ends our use of it; the server stops with its last user. */
  release(): Promise<void>;
}

/**
 * The real PostgreSQL of the npm package on a data folder below `folder`, made on first use. A server that runs there
 * already is used, whoever started it; one that was killed is started again, on the same port while we use it. Throws
 * `NoEmbeddedPostgres`, `OtherPostgresVersion` and `EmbeddedPostgresFailure`.
 */
export async function startEmbeddedPostgres({ folder }: { readonly folder: string }): Promise<EmbeddedPostgres> {
  const cluster = openCluster(resolve(folder));
  let membership = joinServer(cluster, null);
  let released = false;
  const { port } = await membership;

  /** A server that dies under us is started again, so that the pool's next connection finds it. */
  const stay = ({ client }: Membership) => {
    client.once("end", () => {
      if (released) return;
      membership = joinServer(cluster, port);
      membership.then(stay, () => {}); // the reason stands in the server's log, and release() tells it
    });
  };
  stay(await membership);

  return {
    url: databaseUrl(cluster, port),
    release: async () => {
      released = true;
      await leaveServer(cluster, await membership);
    },
  };
}

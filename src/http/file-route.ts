import type { FastifyPluginAsync } from "fastify";

/** A file that is served as it is. */
export interface ServedFile {
  readonly path: string;
  /** The whole Content-Type. */
  readonly type: string;
  readonly content: string | Buffer;
}

/** Serves one file under its path; readers may keep it for an hour. */
export function fileRoute({ path, type, content }: ServedFile): FastifyPluginAsync {
  return async (server) => {
    server.get(path, async (_request, reply) =>
      reply.type(type).header("cache-control", "public, max-age=3600").send(content),
    );
  };
}

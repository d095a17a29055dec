import { type MapInput, readMapInput } from "./map-input.ts";
import { withStore } from "./run-command.ts";

/** Which records a tool looks at. */
export interface SampleOptions {
  readonly repository?: string;
  readonly limit: string;
}

/**
 * Hands the chosen records to `work` one by one: of a file or an answer, or those that are stored of a repository. Throws
 * where neither or both are named, and where there are none.
 */
export async function eachSample(
  what: string | undefined,
  { repository, limit }: SampleOptions,
  work: (input: MapInput) => void | Promise<void>,
): Promise<void> {
  if ((what === undefined) === (repository === undefined))
    throw new Error("name a file or an answer, or a repository with --repository");
  if (!/^[1-9]\d*$/.test(limit)) throw new Error(`--limit ${limit}: give a number of records`);
  let seen = 0;
  const take = async (inputs: AsyncIterable<MapInput>) => {
    for await (const input of inputs) {
      if (seen === Number(limit)) return;
      seen += 1;
      await work(input);
    }
  };
  if (what !== undefined) await take(readMapInput(what));
  if (repository !== undefined) {
    const { readStoredInput } = await import("./stored-input.ts");
    await withStore(({ db }) => take(readStoredInput(db, repository, Number(limit))));
  }
  if (seen === 0) throw new Error(`${what ?? `repository "${repository}"`} holds no records`);
}

import type { Finished } from "./run-cli.ts";

/**
 * What a harvest or an import printed of its run, by name: repository, outcome, received, stored, new, changed,
 * unchanged, deleted, rejected, repeated. What was not printed is absent.
 */
export function runReported({ stdout }: Finished): Readonly<Record<string, string>> {
  const [, repository = "", outcome = ""] = /^([a-z0-9-]+): (.+)\nrun \d+, /m.exec(stdout) ?? [];
  const counts = [...stdout.matchAll(/^(received|stored|rejected|repeated|withdrawn) +([\d,]+)/gm)];
  const kinds = [...stdout.matchAll(/([\d,]+) (new|changed|unchanged|of them deleted)\b/g)];
  return {
    repository,
    outcome,
    ...Object.fromEntries(counts.map(([, name = "", count = ""]) => [name, count])),
    ...Object.fromEntries(kinds.map(([, count = "", name = ""]) => [name.replace("of them ", ""), count])),
  };
}

import type { Db } from "../store/database.ts";
import { findRepository, type Repository } from "../store/repositories.ts";
import { excerptOf, Problem } from "./problem.ts";

/** What stands in the path of everything that is of one repository. */
export const CODE = "the code of a repository, as /repositories lists them";

/** The form that the database asks of codes; it refuses some of what is not. */
const FORM = /^[a-z][a-z0-9-]*$/;

/** The repository of that code. Throws `Problem` `unknown-repository`. */
export async function namedRepository(db: Db, code: string): Promise<Repository> {
  const repository = FORM.test(code) ? await findRepository(db, code) : null;
  if (repository !== null) return repository;
  throw new Problem(
    "unknown-repository",
    `there is no repository "${excerptOf(code)}": /repositories lists those that there are`,
  );
}

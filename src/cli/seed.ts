import { readSeeds } from "../../harvesters/seeds.ts";
import { importSeeds } from "../registry/seeds.ts";
import { print, withStore } from "./run-command.ts";

/** `lienthong repository seed`: the repositories of the country that are known, as drafts. */
export async function seedCommand(): Promise<void> {
  await withStore(async ({ db }) => {
    const { added, known, withoutAddress } = await importSeeds(db, readSeeds());
    print(
      `${added.length} added as drafts, ${known.length} known already, ${withoutAddress.length} without an address`,
    );
    if (added.length > 0)
      print("a draft is not harvested until you say so: `lienthong repository probe <code>`, then `… resume <code>`");
  });
}

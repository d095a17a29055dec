import type { IncomingCrosswalk } from "../../../src/crosswalk/crosswalk.ts";
import { dublinCoreFields } from "../oai-dc/crosswalk.ts";
import { files, formats } from "./bitstreams.ts";
import { openXoai, type Xoai } from "./xoai.ts";

/** DSpace's own format: the fields of an item in nested elements, and the files that belong to it. */
export const dspaceXoai: IncomingCrosswalk<Xoai> = {
  id: "dspace-xoai",
  version: 1,
  namespaces: ["http://www.lyncode.com/xoai"],
  open: openXoai,
  fields: { ...dublinCoreFields, files, formats },
};

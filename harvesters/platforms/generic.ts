import type { Platform } from "../../src/client/platform.ts";

/** Software that we do not know: nothing is assumed beyond the protocol. */
export const generic: Platform = {
  id: "generic",
  name: "OAI-PMH 2.0",
  matches: () => true,
  paths: ["/oai", "/oai2", "/oai-pmh", "/oai/oai.php", "/OAIHandler"],
  formats: [],
  crosswalks: {},
  quirks: [],
  hints: {},
};

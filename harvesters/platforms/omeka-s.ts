import type { Platform } from "../../src/client/platform.ts";
import { pathOf, toolkitsOf } from "../signs.ts";

/** Omeka S and Omeka Classic: both modules name themselves in the toolkit description ("Omeka S OAI-PMH Repository Module"). */
export const omekaS: Platform = {
  id: "omeka-s",
  name: "Omeka",
  matches: (signs) =>
    toolkitsOf(signs).some((title) => /^Omeka (?:S )?OAI-PMH Repository/.test(title)) ||
    /\/oai-pmh-repository\/request$/.test(pathOf(signs)),
  paths: ["/oai", "/s/*/oai", "/oai-pmh-repository/request"],
  formats: [],
  crosswalks: {},
  quirks: [
    {
      what: "a resumptionToken lives for ten minutes as installed",
      effect: "short-windows",
      evidence: "README of the module: list expiration time",
    },
    {
      what: "identifiers begin with default.must.change where the module could not find the host name",
      effect: "local-identifiers",
      evidence: "README of the module: namespace identifier",
    },
  ],
  hints: {
    "factory-identifiers": {
      vi: "Vào Modules > OAI-PMH Repository > Configure, đổi Namespace identifier thành tên miền của trang.",
      en: "Go to Modules > OAI-PMH Repository > Configure and set the namespace identifier to the site's domain name.",
    },
    http_error: {
      vi: "Bật kho OAI-PMH chung (Global repository) ở Modules > OAI-PMH Repository > Configure.",
      en: "Enable the global repository under Modules > OAI-PMH Repository > Configure.",
    },
  },
};

import type { Platform } from "../../src/client/platform.ts";

/** DSpace 1 to 8. `/oai/request` until version 6, `/server/oai/request` since 7; its Identify carries a toolkit description. */
export const dspace: Platform = {
  id: "dspace",
  name: "DSpace",
  matches: ({ baseUrl, descriptions }) =>
    /\/(?:server\/)?oai\/request\b|\/dspace-oai\/request\b/.test(baseUrl) ||
    descriptions.some((description) => /\bdspace\b/i.test(description.text)),
  crosswalks: { "http://www.openarchives.org/OAI/2.0/oai_dc/": "dspace-oai-dc" },
};

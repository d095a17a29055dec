import type { Platform } from "../../src/client/platform.ts";
import { identifiersOf, pathOf } from "../signs.ts";

const DATASET = /^(?:doi|hdl):/;

/**
 * Dataverse: the software makes the repository's name itself, "<name> Dataverse OAI Archive" (`OAIServlet.java`, seen at
 * demo.dataverse.org); datasets are `doi:10.7910/DVN/19PPE7` at `/oai`.
 */
export const dataverse: Platform = {
  id: "dataverse",
  name: "Dataverse",
  matches: (signs) =>
    /\bDataverse OAI Archive$/.test(signs.repositoryName ?? "") ||
    (pathOf(signs) === "/oai" && identifiersOf(signs).some((identifier) => DATASET.test(identifier))),
  paths: ["/oai"],
  formats: [],
  crosswalks: {},
  quirks: [
    {
      what: "a dataset that was destroyed may leave the list without a trace, or stay in it",
      effect: "sweep",
      evidence: "https://github.com/IQSS/dataverse/issues/8005",
    },
    {
      what: "datestamps are those of the last export and move without a change",
      effect: "probe-decides",
      evidence: "https://github.com/IQSS/dataverse/issues/8693",
    },
    {
      what: "a record names one of its sets only",
      effect: "no-sets",
      evidence: "https://github.com/IQSS/dataverse/issues/3687",
    },
  ],
  hints: {
    busy: {
      vi: "Bật máy chủ OAI: Dashboard > Harvesting Server > OAI Server = Enabled (tham số :OAIServerEnabled).",
      en: "Enable the OAI server: Dashboard > Harvesting Server > OAI Server = Enabled (setting :OAIServerEnabled).",
    },
    "nothing-to-probe": {
      vi: "Chưa có bộ dữ liệu nào được xuất: Dashboard > Harvesting Server > Run Export.",
      en: "No dataset has been exported yet: Dashboard > Harvesting Server > Run Export.",
    },
  },
};

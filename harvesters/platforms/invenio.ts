import type { Platform } from "../../src/client/platform.ts";
import { pathOf } from "../signs.ts";

/** Invenio 1 to 3, InvenioRDM and TIND: `/oai2d`, seen at cds.cern.ch, inspirehep.net, invenio.nusl.cz, zenodo.org. */
export const invenio: Platform = {
  id: "invenio",
  name: "Invenio",
  matches: (signs) => /\/oai2d$/.test(pathOf(signs)),
  paths: ["/oai2d"],
  formats: [],
  crosswalks: {},
  quirks: [
    {
      what: "version 3 announces no deletions",
      effect: "sweep",
      evidence: "invenio_oaiserver/response.py: deletedRecord no; https://github.com/zenodo/zenodo/issues/2447",
    },
    {
      what: "a resumptionToken lives for a minute as installed",
      effect: "short-windows",
      evidence: "invenio_oaiserver/config.py: OAISERVER_RESUMPTION_TOKEN_EXPIRE_TIME",
    },
    {
      what: "the last token of a list that fills its pages exactly leads to an error",
      effect: "short-windows",
      evidence: "https://github.com/inveniosoftware/invenio-app-rdm/issues/2715",
    },
  ],
  hints: {
    timeout: {
      vi: "Giảm OAISERVER_PAGE_SIZE và tăng OAISERVER_RESUMPTION_TOKEN_EXPIRE_TIME trong invenio.cfg.",
      en: "Lower OAISERVER_PAGE_SIZE and raise OAISERVER_RESUMPTION_TOKEN_EXPIRE_TIME in invenio.cfg.",
    },
    "localhost-identifiers": {
      vi: "Đặt OAISERVER_ID_PREFIX trong invenio.cfg thành tên miền của kho.",
      en: "Set OAISERVER_ID_PREFIX in invenio.cfg to the repository's domain name.",
    },
  },
};

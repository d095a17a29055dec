import type { Platform } from "../../src/client/platform.ts";
import { identifiersOf, setSpecsOf } from "../signs.ts";

/** `oai:<host>:node-1` is the sampleIdentifier of Drupal's module; version 7 wrote the Fedora PID: `…:islandora_12`. */
const NODE = /^oai:[^:]+:(?:node-\d+|islandora_\d+)$/;

/**
 * Islandora 7 and 2 (Drupal's REST OAI-PMH module, `Plugin/rest/resource/OaiPmh.php`). It answers at `/oai/request` as
 * DSpace does; its identifiers and its one set of everything tell them apart.
 */
export const islandora: Platform = {
  id: "islandora",
  name: "Islandora",
  matches: (signs) =>
    identifiersOf(signs).some((identifier) => NODE.test(identifier)) ||
    setSpecsOf(signs).includes("oai_pmh:all_repository_items"),
  paths: ["/oai/request", "/oai2"],
  formats: [],
  crosswalks: {},
  quirks: [
    {
      what: "until=2024-05-01 is taken as midnight, so that nothing of that day is found",
      effect: "probe-decides",
      evidence: "OaiPmh.php: condition('changed', strtotime($until), '<=')",
    },
    {
      what: "deletions are not announced",
      effect: "sweep",
      evidence: "OaiPmh.php: deletedRecord no",
    },
    {
      what: "what belongs to which set is renewed by cron and may lag behind",
      effect: "no-sets",
      evidence: "Islandora documentation, OAI-PMH",
    },
  ],
  hints: {
    "nothing-to-probe": {
      vi: "Chạy lại hàng đợi ở /admin/config/services/rest/oai-pmh/queue và kiểm tra View được chọn ở /admin/config/services/rest/oai-pmh.",
      en: "Rebuild the queue at /admin/config/services/rest/oai-pmh/queue, and check which View is chosen at /admin/config/services/rest/oai-pmh.",
    },
    http_error: {
      vi: 'Cho phép người dùng ẩn danh truy cập tài nguyên OAI-PMH: quyền "Access GET on OAI-PMH resource" ở /admin/people/permissions.',
      en: 'Let anonymous users at the resource: the permission "Access GET on OAI-PMH resource" at /admin/people/permissions.',
    },
  },
};

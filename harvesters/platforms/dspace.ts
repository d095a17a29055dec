import type { Platform, PlatformSigns } from "../../src/client/platform.ts";
import { DIM, MARC21, MODS, OAI_DC, OPENAIRE, QDC, XOAI } from "../formats.ts";
import { identifiersOf, pathOf, setSpecsOf, toolkitsOf } from "../signs.ts";

/** `/oai/request` until version 6, `/server/oai/request` since 7; a context such as `openaire` may stand in for `request`. */
const PATH = /\/(?:server\/oai|oai|oaiextended|dspace-oai)\/(?:request|openaire4?|driver|rioxx|snrd)$/;
/** `oai:<host>:<handle>`; a prefix `10.` would be a DOI, which other software puts there. */
const HANDLE = /^oai:[^:]+:(?!10\.)\d+(?:\.\d+)*\/\d+$/;
/** Communities and collections are sets: `com_123456789_1`, `col_VNU_123_33316`; `hdl_…` in versions 1 to 1.8. */
const SET = /^(?:com|col|hdl)_.+_\d+$/;

/**
 * DSpace 1 to 9. It does not name itself in Identify: versions 1 send OCLC's OAICat toolkit, later ones the description of
 * the XOAI library, and both libraries serve others as well. Its base URL, handles and set names tell.
 */
export const dspace: Platform = {
  id: "dspace",
  name: "DSpace",
  matches: (signs) =>
    PATH.test(pathOf(signs)) ||
    setSpecsOf(signs).some((setSpec) => SET.test(setSpec)) ||
    identifiersOf(signs).some((identifier) => HANDLE.test(identifier)) ||
    saysDspace(signs),
  paths: ["/server/oai/request", "/oai/request", "/dspace-oai/request", "/xmlui/oai/request"],
  // Its MARC (`config/crosswalks/oai/metadataFormats/marc.xsl`) is made from the same fields and loses type, language,
  // publisher and rights; the leader calls everything a sound recording ("njm").
  formats: [XOAI, DIM, OPENAIRE, MODS, QDC, OAI_DC, MARC21],
  // Dates of accession and availability stand in dc:date beside the date of publication.
  crosswalks: { [OAI_DC]: "dspace-oai-dc" },
  quirks: [
    {
      what: "pages deep in a list are slow: 89 ms at row 100, 13 s at row 151,200",
      effect: "short-windows",
      evidence: "https://github.com/DSpace/DSpace/issues/12980",
    },
    {
      what: "some releases of its OAI library refuse dates in one of the two granularities",
      effect: "probe-decides",
      evidence: "https://github.com/DSpace/xoai/pull/34",
    },
    {
      what: "the list comes from an index that is renewed by `dspace oai import`; a new index can give new datestamps",
      effect: "probe-decides",
      evidence: "https://github.com/ilri/DSpace/issues/63",
    },
    {
      what: "one record with a character that XML forbids makes its whole page answer HTTP 500",
      effect: "short-windows",
      evidence: "https://github.com/DSpace/DSpace/issues/10721",
    },
    {
      what: "the base URL moves from /oai/request to /server/oai/request with version 7",
      effect: "moves",
      evidence: "repository.vnu.edu.vn answers 404 at /oai/request and OAI-PMH at /server/oai/request",
    },
    {
      what: "the handle prefix it is installed with (123456789) and the host name localhost are often left as they were",
      effect: "local-identifiers",
      evidence: "oai:localhost:DHTL/623 at tailieuso.tlu.edu.vn; 123456789 at three Vietnamese universities",
    },
  ],
  hints: {
    http_error: {
      vi: "Kiểm tra oai.enabled = true và oai.path trong [dspace]/config/modules/oai.cfg (hoặc local.cfg), rồi khởi động lại Tomcat. Từ DSpace 7 địa chỉ là …/server/oai/request; trước đó là …/oai/request.",
      en: "Check oai.enabled = true and oai.path in [dspace]/config/modules/oai.cfg (or local.cfg) and restart Tomcat. Since DSpace 7 the address is …/server/oai/request, before it …/oai/request.",
    },
    html: {
      vi: "Địa chỉ này là giao diện web của DSpace. Giao diện OAI-PMH nằm ở …/server/oai/request (DSpace 7 trở lên) hoặc …/oai/request; máy chủ proxy phải chuyển đường dẫn này tới Tomcat.",
      en: "This is the web interface of DSpace. OAI-PMH is at …/server/oai/request (DSpace 7 and later) or …/oai/request; the proxy has to pass that path on to Tomcat.",
    },
    busy: {
      vi: "Chạy [dspace]/bin/dspace oai import -c để dựng lại chỉ mục OAI, rồi xem [dspace]/log: thường một biểu ghi chứa ký tự điều khiển làm hỏng cả trang.",
      en: "Run [dspace]/bin/dspace oai import -c to build the OAI index anew and look into [dspace]/log: often one record with a control character spoils its whole page.",
    },
    "nothing-to-probe": {
      vi: "Chỉ mục OAI trống. Chạy [dspace]/bin/dspace oai import và thêm lệnh này vào cron để chạy hằng đêm.",
      en: "The OAI index is empty. Run [dspace]/bin/dspace oai import and add it to cron, to run every night.",
    },
    "datestamp-moves": {
      vi: "Chỉ chạy dspace oai import (không có -c) hằng đêm; dựng lại toàn bộ chỉ mục làm mọi biểu ghi như mới sửa.",
      en: "Run dspace oai import without -c every night; building the whole index anew makes all records look changed.",
    },
    "localhost-identifiers": {
      vi: "Đặt oai.identifier.prefix trong oai.cfg thành tên miền của kho (mặc định là dspace.hostname), rồi chạy dspace oai import -c.",
      en: "Set oai.identifier.prefix in oai.cfg to the repository's domain name (dspace.hostname by default), then run dspace oai import -c.",
    },
    "base-url-differs": {
      vi: "Sửa oai.url trong oai.cfg cho đúng địa chỉ công khai, ví dụ https://thuvien.example.edu.vn/server/oai.",
      en: "Set oai.url in oai.cfg to the public address, such as https://library.example.edu/server/oai.",
    },
    "default-handle-prefix": {
      vi: "Đặt handle.prefix trong local.cfg thành tiền tố đã đăng ký, chạy [dspace]/bin/dspace update-handle-prefix 123456789 <tiền tố mới>, rồi dspace oai import -c.",
      en: "Set handle.prefix in local.cfg to the prefix that you registered, run [dspace]/bin/dspace update-handle-prefix 123456789 <new prefix>, then dspace oai import -c.",
    },
    "private-address": {
      vi: "Sửa dspace.ui.url (DSpace 5, 6: dspace.url) và handle.canonical.prefix trong local.cfg, rồi chạy dspace oai import -c. Địa chỉ đã ghi sẵn trong dc.identifier.uri phải sửa bằng dspace metadata-export và metadata-import.",
      en: "Correct dspace.ui.url (DSpace 5 and 6: dspace.url) and handle.canonical.prefix in local.cfg, then run dspace oai import -c. Addresses that stand in dc.identifier.uri already are corrected by dspace metadata-export and metadata-import.",
    },
    "provenance-dropped": {
      vi: "Đặt metadata.hide.dc.description.provenance = true trong local.cfg, rồi chạy dspace oai import -c.",
      en: "Set metadata.hide.dc.description.provenance = true in local.cfg, then run dspace oai import -c.",
    },
    "unmatched-type": {
      vi: "Danh sách loại tài liệu là value-pairs common_types trong [dspace]/config/submission-forms.xml (DSpace 5, 6: input-forms.xml).",
      en: "The list of types is the value-pairs common_types in [dspace]/config/submission-forms.xml (DSpace 5 and 6: input-forms.xml).",
    },
    "unmatched-language": {
      vi: "Danh sách ngôn ngữ (dc.language.iso) là value-pairs common_iso_languages trong [dspace]/config/submission-forms.xml (DSpace 5, 6: input-forms.xml); thêm vi nếu chưa có.",
      en: "The list of languages (dc.language.iso) is the value-pairs common_iso_languages in [dspace]/config/submission-forms.xml (DSpace 5 and 6: input-forms.xml); add vi where it is missing.",
    },
    "xml-repaired": {
      vi: "Sửa siêu dữ liệu của biểu ghi rồi chạy [dspace]/bin/dspace oai import -c; nếu không, DSpace có thể trả HTTP 500 cho cả trang.",
      en: "Correct the item's metadata and run [dspace]/bin/dspace oai import -c; otherwise DSpace may answer its whole page with HTTP 500.",
    },
    "access-rights": {
      vi: "Thêm trường dc.rights với danh sách info:eu-repo/semantics/openAccess, restrictedAccess … vào [dspace]/config/submission-forms.xml (DSpace 5, 6: input-forms.xml); tài liệu đã nhập sửa bằng dspace metadata-export và metadata-import.",
      en: "Add dc.rights with a list of info:eu-repo/semantics/openAccess, restrictedAccess … to [dspace]/config/submission-forms.xml (DSpace 5 and 6: input-forms.xml); items that are there already are corrected by dspace metadata-export and metadata-import.",
    },
    contributor: {
      vi: "Mẫu nhập liệu gốc không có người hướng dẫn: thêm dc.contributor.advisor vào [dspace]/config/submission-forms.xml (DSpace 5, 6: input-forms.xml).",
      en: "The form that it comes with has no supervisor: add dc.contributor.advisor to [dspace]/config/submission-forms.xml (DSpace 5 and 6: input-forms.xml).",
    },
    abstract: {
      vi: "Thêm <required> cho dc.description.abstract trong [dspace]/config/submission-forms.xml (DSpace 5, 6: input-forms.xml) để bắt buộc nhập.",
      en: "Give dc.description.abstract a <required> in [dspace]/config/submission-forms.xml (DSpace 5 and 6: input-forms.xml), so that it has to be entered.",
    },
    "thesis-discipline": {
      vi: "Tạo lược đồ thesis với degree.level, degree.discipline, degree.grantor trong danh bạ siêu dữ liệu (Registries > Metadata), rồi thêm các trường này vào mẫu nhập liệu.",
      en: "Make a schema thesis with degree.level, degree.discipline and degree.grantor in Registries > Metadata, and add the fields to the form.",
    },
    license: {
      vi: 'Bật bước chọn giấy phép Creative Commons: bỏ chú thích <step id="cclicense"/> trong [dspace]/config/item-submission.xml.',
      en: 'Enable the step that asks for a Creative Commons license: <step id="cclicense"/> in [dspace]/config/item-submission.xml.',
    },
    "full-text": {
      vi: "oai_dc của DSpace không có địa chỉ tệp: giữ xoai hoặc mets trong [dspace]/config/crosswalks/oai/xoai.xml.",
      en: "DSpace's oai_dc has no addresses of files: keep xoai or mets in [dspace]/config/crosswalks/oai/xoai.xml.",
    },
  },
};

/**
 * The old libraries answer at other paths too; then name and host are all there is. Other descriptions do not count: a list
 * of `friends` names other people's DSpace (repository.tudelft.nl).
 */
function saysDspace(signs: PlatformSigns): boolean {
  const names = [signs.repositoryName ?? "", ...toolkitsOf(signs)];
  return /^https?:\/\/dspace[.-]/i.test(signs.baseUrl) || names.some((name) => /\bdspace\b/i.test(name));
}

import type { Platform } from "../../src/client/platform.ts";
import { identifiersOf, pathOf } from "../signs.ts";

/** The archiveID that Koha is installed with; identifiers are `<archiveID>:<biblionumber>`. */
const FACTORY_ID = /^KOHA-OAI-TEST:\d+$/;

/** Koha's catalogue (`opac/oai.pl`, `Koha/OAI/Server/` of its source). Its Identify has no description at all. */
export const koha: Platform = {
  id: "koha",
  name: "Koha",
  matches: (signs) =>
    /\/(?:cgi-bin\/koha|opac)\/oai\.pl$/.test(pathOf(signs)) ||
    identifiersOf(signs).some((identifier) => FACTORY_ID.test(identifier)),
  paths: ["/cgi-bin/koha/oai.pl"],
  formats: [],
  crosswalks: {},
  quirks: [
    {
      what: "older releases know days only",
      effect: "probe-decides",
      evidence: "Koha/OAI/Server/Identify.pm: granularity YYYY-MM-DD",
    },
    {
      what: "datestamps are the database's time stamps, in the zone of the server, with a Z behind them",
      effect: "probe-decides",
      evidence: "Koha/OAI/Server/ListBase.pm",
    },
    {
      what: "all deletions come first, then the records by number: a list is not in the order of time",
      effect: "probe-decides",
      evidence: "Koha/OAI/Server/ListBase.pm",
    },
    {
      what: "deletions are announced only where OAI-PMH:DeletedRecord says so",
      effect: "sweep",
      evidence: "Koha/OAI/Server/Identify.pm",
    },
    {
      what: "two libraries that left OAI-PMH:archiveID as it was share their identifiers",
      effect: "local-identifiers",
      evidence: "installer: OAI-PMH:archiveID = KOHA-OAI-TEST",
    },
  ],
  hints: {
    http_error: {
      vi: "Koha trả lời 404 khi OAI-PMH đang tắt: Quản trị > Tham số hệ thống > Web services > OAI-PMH = Enable.",
      en: "Koha answers 404 while OAI-PMH is off: Administration > System preferences > Web services > OAI-PMH = Enable.",
    },
    timeout: {
      vi: "Giảm OAI-PMH:MaxCount (Quản trị > Tham số hệ thống > Web services), ví dụ 50 biểu ghi một trang.",
      en: "Lower OAI-PMH:MaxCount (Administration > System preferences > Web services), to 50 records a page for instance.",
    },
    "deletions-not-announced": {
      vi: "Đặt OAI-PMH:DeletedRecord = persistent (Quản trị > Tham số hệ thống > Web services); đừng dọn bảng deletedbiblio.",
      en: "Set OAI-PMH:DeletedRecord to persistent (Administration > System preferences > Web services), and do not empty the table deletedbiblio.",
    },
    "factory-identifiers": {
      vi: "Đặt OAI-PMH:archiveID thành tên miền của thư viện thay cho KOHA-OAI-TEST; chỉ đổi một lần.",
      en: "Set OAI-PMH:archiveID to the library's domain name instead of KOHA-OAI-TEST; do it once.",
    },
    "sets-not-respected": {
      vi: "Chạy misc/migration_tools/build_oai_sets.pl và bật OAI-PMH:AutoUpdateSets.",
      en: "Run misc/migration_tools/build_oai_sets.pl and enable OAI-PMH:AutoUpdateSets.",
    },
    language: {
      vi: "Đánh dấu 041 $a là bắt buộc trong khung MARC (Quản trị > Khung thư mục MARC); biểu ghi cũ sửa bằng Công cụ > Sửa biểu ghi theo lô với mẫu sửa MARC.",
      en: "Make 041 $a mandatory in Administration > MARC bibliographic framework; older records are corrected by Tools > Batch record modification with a MARC modification template.",
    },
    subject: {
      vi: "Đánh dấu 650 $a hoặc 653 $a là bắt buộc trong khung MARC (Quản trị > Khung thư mục MARC).",
      en: "Make 650 $a or 653 $a mandatory in Administration > MARC bibliographic framework.",
    },
  },
};

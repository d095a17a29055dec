import type { Platform } from "../../src/client/platform.ts";
import { MARC21, OAI_DC } from "../formats.ts";
import { identifiersOf, pathOf, toolkitsOf } from "../signs.ts";

/** With and without `index.php`: the restful URLs of its settings leave it out, but not for the whole site. */
const PATH = /\/index\.php\/[^/]+(?:\/[a-z]{2}(?:_[A-Za-z]+)?)?\/oai$/;
const QUERY = /[?&]page=oai\b/;
const ARTICLE = /^oai:[^:]+:article\/\d+$/;

/** Open Journal Systems 2 and 3: it names itself in the toolkit description, and articles are `oai:<id>:article/88`. */
export const ojs: Platform = {
  id: "ojs",
  name: "Open Journal Systems",
  matches: (signs) =>
    toolkitsOf(signs).includes("Open Journal Systems") ||
    identifiersOf(signs).some((identifier) => ARTICLE.test(identifier)) ||
    PATH.test(pathOf(signs)) ||
    QUERY.test(signs.baseUrl),
  paths: ["/index.php/index/oai", "/index.php/*/oai", "/index/oai", "/*/oai"],
  // Its MARC is made from the same fields in one language; a misspelt `dataField` hides the date
  // (plugins/oaiMetadataFormats/marcxml/templates/record.tpl).
  formats: [OAI_DC, MARC21],
  crosswalks: { [OAI_DC]: "ojs-oai-dc" },
  quirks: [
    {
      what: "3.1.2 writes the moment of the request into every datestamp",
      effect: "probe-decides",
      evidence: "https://github.com/pkp/pkp-lib/issues/5135",
    },
    {
      what: "an article that is changed and published again may keep its datestamp",
      effect: "probe-decides",
      evidence: "https://github.com/pkp/pkp-lib/issues/7713",
    },
    {
      what: "lists bring records whose datestamps lie outside from and until",
      effect: "probe-decides",
      evidence: "https://github.com/pkp/pkp-lib/issues/13161",
    },
    {
      what: "3.4.0 answers an error wherever a range of dates is asked for",
      effect: "probe-decides",
      evidence: "https://github.com/pkp/pkp-lib/issues/9183",
    },
    {
      what: "3.3.0 forgets the resumptionToken after the first page",
      effect: "short-windows",
      evidence: "https://github.com/pkp/pkp-lib/issues/7214",
    },
    {
      what: "the site-wide address holds all journals, each of which has an address of its own as well",
      effect: "twins",
      evidence: "vjol.info.vn/index.php/index/oai beside /index.php/<journal>/oai",
    },
  ],
  hints: {
    html: {
      vi: "Bật OAI trong config.inc.php: [oai] oai = On. Nếu tạp chí yêu cầu đăng nhập để xem (Cài đặt > Website/Người dùng > Truy cập trang web), OAI cũng bị chặn. Thử …/index.php/index/oai cho toàn hệ thống.",
      en: "Switch OAI on in config.inc.php: [oai] oai = On. A journal that is restricted to registered users (Settings > Users & Roles > Site Access) shuts OAI off as well. Try …/index.php/index/oai for the whole site.",
    },
    login_page: {
      vi: "Tạp chí chỉ mở cho người đã đăng ký: bỏ hạn chế ở Cài đặt > Người dùng và vai trò > Truy cập trang web; nội dung toàn văn vẫn có thể giới hạn theo số tạp chí.",
      en: "The journal is restricted to registered users: lift it under Settings > Users & Roles > Site Access Options; full text can still be restricted by issue.",
    },
    http_error: {
      vi: "Kiểm tra [oai] oai = On trong config.inc.php và quy tắc viết lại địa chỉ (restful_urls, index.php) của máy chủ web.",
      en: "Check [oai] oai = On in config.inc.php and the rewriting of addresses (restful_urls, index.php) in the web server.",
    },
    "datestamp-moves": {
      vi: "Phiên bản OJS này ghi thời điểm hỏi vào datestamp. Nâng cấp lên bản mới nhất của nhánh 3.3 hoặc mới hơn.",
      en: "This release of OJS writes the moment of the request into datestamps. Upgrade to the latest of 3.3 or newer.",
    },
    "dates-fail": {
      vi: "Phiên bản OJS này báo lỗi khi hỏi theo ngày (3.4.0-0 và 3.4.0-1). Nâng cấp lên bản vá mới nhất.",
      en: "This release of OJS fails where dates are asked for (3.4.0-0 and 3.4.0-1). Upgrade to the latest patch.",
    },
    "from-ignored": {
      vi: "OJS này không lọc theo ngày. Nâng cấp lên bản mới nhất của nhánh đang dùng.",
      en: "This OJS does not select by date. Upgrade to the latest release of its branch.",
    },
    "localhost-identifiers": {
      vi: "Sửa repository_id trong mục [oai] của config.inc.php thành ojs.<tên miền>; chỉ sửa một lần vì mọi mã định danh sẽ đổi.",
      en: "Set repository_id in [oai] of config.inc.php to ojs.<domain>; do it once, since all identifiers change with it.",
    },
    "unmatched-type": {
      vi: 'Loại tài liệu lấy từ ô "Identify items published in this section as a(n)" của từng chuyên mục: Cài đặt > Tạp chí > Chuyên mục.',
      en: 'The type is what "Identify items published in this section as a(n)" says for each section: Settings > Journal > Sections.',
    },
    "invalid-orcid": {
      vi: "Bật phần ORCID (plugin ORCID Profile) để tác giả tự xác nhận ORCID thay cho nhập tay.",
      en: "Enable ORCID (the ORCID Profile plugin), so that authors confirm their ORCID instead of typing it.",
    },
    identifier: {
      vi: "Bật DOI: Cài đặt > Phân phối > DOIs (OJS 3.3 trở về trước: plugin DOI), rồi gán DOI cho các bài đã đăng.",
      en: "Enable DOIs under Settings > Distribution > DOIs (OJS 3.3 and earlier: the DOI plugin), and assign them to what is published.",
    },
    abstract: {
      vi: 'Bỏ chọn "Do not require abstracts" của chuyên mục: Cài đặt > Tạp chí > Chuyên mục.',
      en: 'Untick "Do not require abstracts" of the section: Settings > Journal > Sections.',
    },
    language: {
      vi: "Bật và bắt buộc nhập ngôn ngữ: Cài đặt > Quy trình > Gửi bài > Siêu dữ liệu.",
      en: "Enable and require the language under Settings > Workflow > Submission > Metadata.",
    },
    subject: {
      vi: "Bật và bắt buộc nhập từ khóa: Cài đặt > Quy trình > Gửi bài > Siêu dữ liệu.",
      en: "Enable and require keywords under Settings > Workflow > Submission > Metadata.",
    },
    license: {
      vi: "Chọn giấy phép cho cả tạp chí: Cài đặt > Phân phối > Giấy phép.",
      en: "Choose the license of the journal under Settings > Distribution > License.",
    },
    "standard-number": {
      vi: "Nhập ISSN bản in và bản điện tử: Cài đặt > Tạp chí > Thông tin tạp chí (Masthead).",
      en: "Enter the print and online ISSN under Settings > Journal > Masthead.",
    },
  },
};

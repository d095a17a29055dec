import type { Advice } from "../../client/advice.ts";
import type { OwnDiagnosis } from "../../store/schema.ts";

/**
 * Why a run ended as it did, where it is not the answer of the repository that failed (`ADVICE` of the client). The first
 * sentence says what happened, the others what is done about it. The compiler names the one that is missing.
 */
export const OWN_DIAGNOSES: Readonly<Record<OwnDiagnosis, Advice>> = {
  oai_error: {
    vi: "Kho trả lời bằng một lỗi của giao thức OAI-PMH. Xin xem câu trả lời trong phần chi tiết và kiểm tra phần mềm của kho.",
    en: "The repository answered with an error of the OAI-PMH protocol. Please see its answer in the details, and check the repository software.",
  },
  list_in_circle: {
    vi: "Danh sách của kho không có điểm cuối: các trang sau lặp lại trang trước. Xin kiểm tra phần phân trang (resumptionToken) hoặc nâng cấp phần mềm của kho.",
    en: "The list of the repository does not end: its pages bring again what was there before. Please check its paging (resumptionToken), or upgrade the repository software.",
  },
  no_common_format: {
    vi: "Kho không cung cấp định dạng siêu dữ liệu nào mà chúng tôi đọc được. Xin bật oai_dc (OAI-PMH bắt buộc phải có), tốt hơn nữa là MARC 21.",
    en: "The repository offers no metadata format that we can read. Please enable oai_dc, which OAI-PMH prescribes, or better MARC 21.",
  },
  file_unreadable: {
    vi: "Tệp không đọc được, hoặc không đọc được đến hết. Phần đã đọc vẫn được giữ; xin xuất lại tệp rồi nhập lại.",
    en: "The file cannot be read, or not to its end. What was read is kept; please export it again and import it once more.",
  },
  internal: {
    vi: "Lỗi xảy ra ở phía chúng tôi, không phải ở kho. Người vận hành cần xem nhật ký; kho không phải làm gì.",
    en: "Something failed on our side and not in the repository. The operator has to look into the log; the repository need not do anything.",
  },
  windows_unread: {
    vi: "Có khoảng ngày chưa đọc được đến hết. Lần thu hoạch sau sẽ hỏi lại.",
    en: "Ranges of dates were not read to their end. The next harvest asks for them again.",
  },
  not_asked: {
    vi: "Giữa các khoảng ngày còn chỗ chưa được hỏi. Đây là lỗi của chúng tôi; lần thu hoạch sau sẽ hỏi lại.",
    en: "Something between the ranges of dates was not asked for. The mistake is ours; the next harvest asks again.",
  },
  ledger_wrong: {
    vi: "Số biểu ghi nhận được không khớp với số đã xử lý. Đây là lỗi của chúng tôi; lần thu hoạch sau sẽ hỏi lại.",
    en: "Not every record that was received is accounted for. The mistake is ours; the next harvest asks again.",
  },
  list_short: {
    vi: "Kho gửi ít biểu ghi hơn số kho đã báo trước (completeListSize). Lần thu hoạch sau sẽ hỏi lại; nếu vẫn thiếu, kho nên kiểm tra phần phân trang OAI-PMH.",
    en: "The repository sent fewer records than it had promised (completeListSize). The next harvest asks again; if it stays so, the paging of the repository should be looked at.",
  },
  nothing_came: {
    vi: "Chúng tôi hỏi toàn bộ mà kho không gửi biểu ghi nào. Không có gì bị rút khỏi cổng chung. Xin kiểm tra chỉ mục OAI-PMH của kho có bị trống không.",
    en: "Everything was asked for and the repository sent no record at all. Nothing leaves the feed. Please see whether the OAI-PMH index of the repository is empty.",
  },
  many_rejected: {
    vi: "Hơn một phần mười số biểu ghi không đọc được. Chúng được cách ly kèm nội dung gốc; xin kiểm tra phần xuất OAI-PMH của kho.",
    en: "More than a tenth of the records could not be read. They are in quarantine with their bytes; please check the OAI-PMH export of the repository.",
  },
  too_many_deletions: {
    vi: "Lần này sẽ rút quá nhiều biểu ghi khỏi cổng chung nên phải chờ người duyệt. Cho đến khi có quyết định, mọi biểu ghi vẫn được công bố.",
    en: "Too many records would leave the feed, so a person has to decide. Until then all of them stay published.",
  },
  too_few_records: {
    vi: "Kho gửi ít hơn hẳn số biểu ghi đã biết nên phải chờ người duyệt. Cho đến khi có quyết định, mọi biểu ghi vẫn được công bố.",
    en: "The repository sent much fewer records than are known, so a person has to decide. Until then all of them stay published.",
  },
  identifiers_changed: {
    vi: "Có vẻ kho đã đổi mã định danh của nhiều biểu ghi nên phải chờ người duyệt. Cho đến khi có quyết định, các biểu ghi ấy vẫn được công bố như cũ.",
    en: "The repository seems to have changed the identifiers of many records, so a person has to decide. Until then these records stay published as they were.",
  },
  never_harvested: {
    vi: "Kho chưa được thu hoạch trọn vẹn lần nào nên chưa có gì để đối chiếu. Cần thu hoạch toàn bộ trước.",
    en: "The repository has never been harvested completely, so there is nothing to compare its list with. A harvest comes first.",
  },
  interrupted: {
    vi: "Lần này bị ngắt giữa chừng và không làm tiếp nữa. Phần đã nhận vẫn được giữ.",
    en: "It was interrupted and is not gone on with. What had come is kept.",
  },
  cancelled: {
    vi: "Có người đã dừng lần này. Phần đã nhận vẫn được giữ; lần thu hoạch sau sẽ hỏi lại từ đầu.",
    en: "A person stopped it. What had come is kept; the next harvest begins anew.",
  },
};

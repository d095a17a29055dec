import type { Advice } from "./advice.ts";
import type { ProbeRemark } from "./probe-remark.ts";

/** What each remark of the probe means for harvesting, and what to do; the compiler names the one that is missing. */
export const REMARK_ADVICE: Readonly<Record<ProbeRemark, Advice>> = {
  "nothing-to-probe": {
    vi: "Kho không có biểu ghi nào có datestamp đọc được nên chưa kiểm tra được gì. Xin xem kho đã có tài liệu công khai và dữ liệu OAI-PMH đã được dựng chưa.",
    en: "There is no record with a datestamp that can be read, so nothing could be found out. Please see whether the repository holds public items and its OAI-PMH data were built.",
  },
  "from-ignored": {
    vi: "Hỏi từ một ngày trong tương lai mà kho vẫn trả biểu ghi cũ: kho không lọc theo ngày. Lần nào chúng tôi cũng phải lấy toàn bộ. Xin nâng cấp phần mềm của kho.",
    en: "Asked from a day in the future, the repository brings records of the past: it does not select by date. We have to fetch everything each time. Please upgrade the repository software.",
  },
  "datestamps-in-future": {
    vi: "Có biểu ghi mang datestamp muộn hơn ngày mai. Xin kiểm tra đồng hồ và múi giờ của máy chủ.",
    en: "Records are dated later than tomorrow. Please check the clock and the time zone of the server.",
  },
  "datestamp-moves": {
    vi: "Datestamp thay đổi dù biểu ghi không đổi, hoặc chính là lúc hỏi. Lần nào chúng tôi cũng phải lấy toàn bộ. Xin nâng cấp phần mềm của kho hoặc thôi dựng lại chỉ mục hằng đêm.",
    en: "Datestamps change although the records do not, or are the moment of the request. We have to fetch everything each time. Please upgrade the repository software, or stop building its index anew every night.",
  },
  "day-shifted": {
    vi: "Hỏi đúng ngày ghi trong datestamp thì không thấy biểu ghi, mà thấy ở ngày liền kề: kho lọc theo giờ địa phương. Xin đặt máy chủ và cơ sở dữ liệu theo UTC, hoặc nâng cấp phần mềm.",
    en: "A record is not found in the day of its own datestamp, but in the days around it: the repository selects by local time. Please set server and database to UTC, or upgrade the software.",
  },
  "not-found-by-date": {
    vi: "Hỏi theo datestamp của chính biểu ghi cũng không thấy nó. Không dùng được ngày để lấy phần mới; lần nào chúng tôi cũng phải lấy toàn bộ. Xin dựng lại chỉ mục OAI-PMH hoặc nâng cấp phần mềm.",
    en: "A record is not found by its own datestamp. Dates cannot be used to ask for what is new, and we have to fetch everything each time. Please build the OAI-PMH index anew, or upgrade the software.",
  },
  "outside-range": {
    vi: "Kho trả cả biểu ghi có datestamp nằm ngoài khoảng đã hỏi. Không mất biểu ghi nào, nhưng tốn công cho cả hai bên. Xin nâng cấp phần mềm của kho.",
    en: "Lists bring records whose datestamps are outside of what was asked for. Nothing is lost, but both sides work for nothing. Please upgrade the repository software.",
  },
  "seconds-not-honoured": {
    vi: "Identify hứa độ mịn đến giây nhưng kho từ chối hoặc bỏ qua phần giờ. Chúng tôi hỏi theo ngày. Xin sửa granularity trong Identify cho đúng, hoặc nâng cấp phần mềm.",
    en: "Identify promises seconds, and the repository refuses or ignores them. We ask by days. Please correct the granularity in Identify, or upgrade the software.",
  },
  "granularity-differs": {
    vi: "Identify khai một độ mịn, datestamp trong biểu ghi lại theo độ mịn khác. Xin sửa cho thống nhất.",
    en: "Identify promises one granularity, and the datestamps have another. Please make them agree.",
  },
  "dates-fail": {
    vi: "Hễ hỏi kèm ngày là kho báo lỗi. Lần nào chúng tôi cũng phải lấy toàn bộ. Xin xem nhật ký lỗi và nâng cấp phần mềm của kho.",
    en: "The repository fails wherever dates are asked for. We have to fetch everything each time. Please look into its error log and upgrade the software.",
  },
  "get-record-fails": {
    vi: "Kho không trả được biểu ghi mà chính danh sách của kho nêu ra. Xin kiểm tra yêu cầu GetRecord với mã định danh đó.",
    en: "The repository does not give a record that its own list names. Please check GetRecord with that identifier.",
  },
  "sets-not-respected": {
    vi: "Hỏi một tập (set) mà kho trả cả biểu ghi của tập khác. Xin dựng lại các tập OAI-PMH.",
    en: "A set brings records of other sets. Please build the OAI-PMH sets anew.",
  },
  "deletions-not-announced": {
    vi: "Theo Identify, kho không báo biểu ghi đã xóa, hoặc chỉ báo một thời gian. Chúng tôi tìm biểu ghi đã mất bằng cách so các danh sách đầy đủ. Nếu được, xin đặt deletedRecord là persistent.",
    en: "By its Identify the repository does not announce deletions, or not for ever. We find what is gone by comparing complete lists. Please set deletedRecord to persistent if you can.",
  },
  "localhost-identifiers": {
    vi: "Mã định danh chứa localhost nên có thể trùng với kho khác. Xin đặt tên miền của kho vào mã định danh OAI; chỉ đổi một lần vì mọi mã sẽ đổi theo.",
    en: "Identifiers name localhost and may be those of other repositories, too. Please set the domain name of the repository; do it once, since all identifiers change with it.",
  },
  "factory-identifiers": {
    vi: "Mã định danh còn theo giá trị cài sẵn của phần mềm nên có thể trùng với kho khác. Xin thay bằng tên miền của kho; chỉ đổi một lần vì mọi mã sẽ đổi theo.",
    en: "Identifiers begin as the software was delivered and may be those of other repositories, too. Please set the domain name of the repository; do it once, since all identifiers change with it.",
  },
  "base-url-differs": {
    vi: "baseURL trong Identify khác với địa chỉ đang hỏi. Xin khai đúng địa chỉ công khai trong cấu hình, hoặc cho chúng tôi biết địa chỉ đúng.",
    en: "Identify gives another base URL than the one that was asked. Please set the public address in the configuration, or tell us the right one.",
  },
};

import type { IssueText } from "./text.ts";

/** Remarks on dates, resource types and languages. */
export const DATES_AND_TYPES = {
  "date-missing": {
    vi: {
      name: "Thiếu năm xuất bản",
      meaning:
        "Không có năm xuất bản (với luận văn, luận án: năm bảo vệ) đọc được, nên không lọc hay sắp xếp theo thời gian được.",
      remedy: "Bổ sung dc:date dạng YYYY hoặc YYYY-MM-DD (MARC 21: 264 $c hoặc 260 $c, và 008/07-10).",
    },
    en: {
      name: "No date of publication",
      meaning:
        "There is no date of publication (of a thesis: of its defence) that can be read; the record cannot be found or sorted by time.",
      remedy: "Add dc:date as YYYY or YYYY-MM-DD (MARC 21: 264 $c or 260 $c, and 008/07-10).",
    },
  },
  "unreadable-date": {
    vi: {
      name: "Ngày tháng không hiểu được",
      meaning: "Giá trị này không thuộc dạng ngày tháng nào mà chúng tôi đọc được, nên không dùng làm năm xuất bản.",
      remedy: "Ghi lại theo dạng YYYY, YYYY-MM hoặc YYYY-MM-DD; phần giải thích đưa sang phụ chú.",
    },
    en: {
      name: "Unreadable date",
      meaning: "The value is none of the forms of dates that we read, and is not taken for the date of publication.",
      remedy: "Write it as YYYY, YYYY-MM or YYYY-MM-DD; explanations belong in a note.",
    },
  },
  "several-dates": {
    vi: {
      name: "Nhiều năm khác nhau",
      meaning: "Biểu ghi có nhiều dc:date khác năm. Chúng tôi lấy ngày sớm nhất không kèm giờ làm năm xuất bản.",
      remedy:
        "Chỉ để một dc:date là ngày xuất bản, hoặc cung cấp định dạng phân biệt được các loại ngày (MARC 21, xoai, dim, qdc).",
    },
    en: {
      name: "Several dates",
      meaning:
        "The record has dc:date of different years. The earliest without a clock is taken for the date of publication.",
      remedy:
        "Keep one dc:date, that of publication, or offer a format that tells kinds of dates apart (MARC 21, xoai, dim, qdc).",
    },
  },
  "system-timestamp": {
    vi: {
      name: "Thời điểm do phần mềm ghi",
      meaning:
        "Giá trị có cả giờ phút giây: đó là lúc nhập hoặc cập nhật trong phần mềm, không phải ngày xuất bản. Chúng tôi không dùng.",
      remedy: "Không đưa thời điểm nhập, cập nhật vào dc:date khi xuất OAI-PMH.",
    },
    en: {
      name: "Timestamp of the software",
      meaning:
        "The value has a clock: it says when the record was entered or updated, not when the item was published. It is not used.",
      remedy: "Leave dates of entry and update out of dc:date in the OAI-PMH export.",
    },
  },
  "date-conflict": {
    vi: {
      name: "Năm ở 260/264 khác 008",
      meaning: "Năm xuất bản ở 264 $c hoặc 260 $c khác năm ở 008/07-10. Chúng tôi lấy năm ghi ở 264/260.",
      remedy: "Đối chiếu với tài liệu rồi sửa 008/07-10 hoặc 264/260 $c cho khớp nhau.",
    },
    en: {
      name: "Date differs from 008",
      meaning: "The year in 264 $c or 260 $c is not that of 008/07-10. The one of 264 or 260 is taken.",
      remedy: "Look at the item and make 008/07-10 and 264 or 260 $c agree.",
    },
  },
  "type-missing": {
    vi: {
      name: "Thiếu loại tài liệu",
      meaning: "Biểu ghi không cho biết đây là loại tài liệu gì (sách, bài báo, luận án …).",
      remedy: "Bổ sung dc:type, tốt nhất theo thuật ngữ COAR (MARC 21: đầu biểu/06-07, 655 hoặc 336).",
    },
    en: {
      name: "No resource type",
      meaning: "The record does not say what the item is (book, article, thesis …).",
      remedy: "Add dc:type, best in the terms of COAR (MARC 21: leader/06-07, 655 or 336).",
    },
  },
  "unmatched-type": {
    vi: {
      name: "Loại tài liệu ngoài bảng",
      meaning:
        "Giá trị này không có trong bảng loại tài liệu. Chúng tôi giữ nguyên chữ; nếu không có giá trị nào khác, tài liệu xếp vào loại “Khác”.",
      remedy:
        "Dùng tên gọi thông dụng (Luận án tiến sĩ, Luận văn thạc sĩ, Bài báo, Giáo trình …) hoặc thuật ngữ COAR. Nếu là mã riêng của kho, cho chúng tôi biết nghĩa để bổ sung vào bảng.",
    },
    en: {
      name: "Unknown resource type",
      meaning:
        'The value is not in the table of resource types. Its words are kept; where there is no other value the item is of the type "other".',
      remedy:
        "Use a common name (doctoral thesis, master thesis, article, textbook …) or a term of COAR. Tell us what codes of your own mean, and we add them to the table.",
    },
  },
  "type-derived": {
    vi: {
      name: "Loại tài liệu suy từ phụ chú",
      meaning: "Không có loại tài liệu hiểu được. Chúng tôi suy ra từ phụ chú luận văn, luận án.",
      remedy: "Ghi loại tài liệu vào dc:type để khỏi phải suy đoán.",
    },
    en: {
      name: "Type concluded from a note",
      meaning: "There is no type that can be understood. It was concluded from the thesis note.",
      remedy: "Say it in dc:type, so that nothing needs to be concluded.",
    },
  },
  "unmatched-language": {
    vi: {
      name: "Ngôn ngữ ngoài bảng mã",
      meaning: "Giá trị này không phải mã hay tên ngôn ngữ có trong bảng, nên ngôn ngữ của tài liệu để trống.",
      remedy: "Dùng mã ISO 639: vi hoặc vie, en hoặc eng … (MARC 21: 008/35-37 và 041).",
    },
    en: {
      name: "Unknown language",
      meaning: "The value is no code or name of a language in our table; the language is left open.",
      remedy: "Use ISO 639: vi or vie, en or eng … (MARC 21: 008/35-37 and 041).",
    },
  },
  "language-guessed": {
    vi: {
      name: "Ngôn ngữ đoán theo nhan đề",
      meaning:
        "dc:language thiếu hoặc không hiểu được. Nhan đề viết bằng chữ tiếng Việt nên chúng tôi ghi là tiếng Việt.",
      remedy: "Bổ sung dc:language là vie.",
    },
    en: {
      name: "Language guessed",
      meaning:
        "dc:language is missing or cannot be understood. The letters of the title are Vietnamese, so that was taken.",
      remedy: "Add dc:language: vie.",
    },
  },
} as const satisfies Readonly<Record<string, IssueText>>;

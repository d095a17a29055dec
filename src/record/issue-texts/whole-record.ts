import type { IssueText } from "./text.ts";

/** Remarks on a record as it came, before or beside its values. */
export const WHOLE_RECORD = {
  "title-missing": {
    vi: {
      name: "Thiếu nhan đề",
      meaning: "Biểu ghi không có nhan đề chính nên chưa được công bố.",
      remedy: "Bổ sung nhan đề (dc:title; MARC 21: 245 $a). Biểu ghi sẽ tự được công bố ở lần thu hoạch sau khi sửa.",
    },
    en: {
      name: "No title",
      meaning: "The record has no main title and is not published.",
      remedy: "Add the title (dc:title; MARC 21: 245 $a). The next harvest after that publishes the record.",
    },
  },
  "metadata-missing": {
    vi: {
      name: "Không có siêu dữ liệu",
      meaning:
        "Kho chỉ gửi phần header, không gửi siêu dữ liệu và cũng không báo là đã xóa, nên biểu ghi chưa được công bố.",
      remedy:
        'Mở biểu ghi trong phần mềm của kho xem có bị để trống hoặc bị hạn chế không. Nếu tài liệu đã gỡ bỏ, kho cần trả header có status="deleted".',
    },
    en: {
      name: "No metadata",
      meaning:
        "The repository sent a header without metadata and without saying that the record is deleted; it is not published.",
      remedy:
        'See in the repository whether the record is empty or restricted. If the item was removed, its header should say status="deleted".',
    },
  },
  "marked-secret": {
    vi: {
      name: "Có dấu độ mật",
      meaning: "Biểu ghi ghi độ mật (Mật, Tối mật, Tuyệt mật) nên tuyệt đối không được công bố.",
      remedy:
        "Nếu là tài liệu mật, gỡ ngay biểu ghi khỏi giao diện OAI-PMH của kho. Nếu đã giải mật hoặc ghi nhầm, sửa dc:rights (MARC 21: 506, 540).",
    },
    en: {
      name: "Marked as secret",
      meaning: "The record carries a degree of state secrecy and is never published.",
      remedy:
        "If the item is secret, take the record out of OAI-PMH at once. If it was declassified or marked by mistake, correct dc:rights (MARC 21: 506, 540).",
    },
  },
  "xml-repaired": {
    vi: {
      name: "XML sai, đã sửa để đọc",
      meaning:
        "Biểu ghi không phải XML đúng cú pháp (ký tự điều khiển, dấu & hoặc < viết trần, tiền tố chưa khai báo, sai bảng mã …). Chúng tôi đã sửa để đọc; chỗ sửa có thể không đúng ý người biên mục.",
      remedy:
        "Tìm ký tự lạ do dán từ Word hoặc PDF rồi nhập lại. Nếu nhiều biểu ghi cùng lỗi, kiểm tra phần xuất OAI-PMH và bảng mã của cơ sở dữ liệu (phải là UTF-8).",
    },
    en: {
      name: "Broken XML, mended",
      meaning:
        "The record is not well-formed XML (control characters, a bare & or <, an undeclared prefix, a wrong encoding …). It was mended to be read; the mending may not be what the cataloguer meant.",
      remedy:
        "Look for characters pasted from Word or PDF and type them anew. Where many records have it, check the OAI-PMH export and the encoding of the database (it has to be UTF-8).",
    },
  },
  "legacy-encoding": {
    vi: {
      name: "Phông chữ cũ, đã chuyển sang Unicode",
      meaning:
        "Văn bản gõ bằng phông chữ trước Unicode (TCVN3/ABC, VNI, VISCII hoặc VIQR) nên hiện thành ký tự lạ. Chúng tôi đã xét cả biểu ghi rồi chuyển sang Unicode; bản gốc vẫn được lưu đủ.",
      remedy:
        "Chuyển dữ liệu của kho sang Unicode (UTF-8, dựng sẵn) bằng công cụ chuyển mã rồi kiểm tra lại chữ hoa có dấu: TCVN3 không có các chữ này.",
    },
    en: {
      name: "Old font, decoded to Unicode",
      meaning:
        "The text was typed with a font from before Unicode (TCVN3/ABC, VNI, VISCII or VIQR) and shows as strange letters. It was decoded after a look at the whole record; the source is kept whole.",
      remedy:
        "Convert the data of the repository to Unicode (UTF-8, composed) and look at capitals with tones afterwards: TCVN3 has none.",
    },
  },
  "lossy-question-marks": {
    vi: {
      name: "Mất chữ, chỉ còn dấu hỏi",
      meaning:
        "Một số chữ có dấu đã bị thay bằng dấu hỏi khi lưu hoặc chuyển mã (“Ð?i h?c”). Không thể biết chắc chữ gốc nên chúng tôi giữ nguyên.",
      remedy:
        "Nhập lại văn bản này từ tài liệu. Kiểm tra bảng mã của cơ sở dữ liệu và của phần nhập, xuất dữ liệu (phải là UTF-8).",
    },
    en: {
      name: "Letters lost, question marks instead",
      meaning:
        "Letters with marks were replaced by question marks when the text was stored or converted. Nobody can tell what they were; the text stays as it is.",
      remedy:
        "Type the text anew from the item. Check the encoding of the database and of what imports and exports data (it has to be UTF-8).",
    },
  },
  "double-conversion": {
    vi: {
      name: "Chuyển mã hai lần",
      meaning:
        "Văn bản vốn đã là Unicode lại bị chuyển từ TCVN3 sang Unicode lần nữa, nên sai dấu (“tỏc giả” thay cho “tác giả”). Không thể khôi phục chắc chắn nên chúng tôi giữ nguyên.",
      remedy: "Khôi phục dữ liệu từ bản lưu trước lần chuyển mã, hoặc nhập lại văn bản này từ tài liệu.",
    },
    en: {
      name: "Converted twice",
      meaning:
        "The text was in Unicode and was converted from TCVN3 once more, so that its vowels are wrong. What it was cannot be told for sure; it stays as it is.",
      remedy: "Restore the data from a copy made before the conversion, or type the text anew from the item.",
    },
  },
  "datestamp-unreadable": {
    vi: {
      name: "Datestamp không đọc được",
      meaning: "Datestamp trong header trống hoặc không phải ngày giờ. Chúng tôi lưu đúng như kho gửi.",
      remedy:
        "Datestamp phải là giờ UTC dạng YYYY-MM-DD hoặc YYYY-MM-DDThh:mm:ssZ (OAI-PMH 2.0, mục 3.3). Kiểm tra ngày sửa đổi của biểu ghi trong cơ sở dữ liệu của kho.",
    },
    en: {
      name: "Unreadable datestamp",
      meaning: "The datestamp in the header is empty or no date. It is kept as it was sent.",
      remedy:
        "Datestamps are in UTC, as YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ (OAI-PMH 2.0, 3.3). Check the date of modification of the record in the repository's database.",
    },
  },
  "datestamp-irregular": {
    vi: {
      name: "Datestamp sai dạng",
      meaning:
        "Datestamp đọc được nhưng không đúng dạng quy định: có phần lẻ của giây, giờ địa phương, hoặc chỉ có năm … Chúng tôi lưu đúng như kho gửi.",
      remedy:
        "Datestamp phải là giờ UTC dạng YYYY-MM-DD hoặc YYYY-MM-DDThh:mm:ssZ (OAI-PMH 2.0, mục 3.3). Thường chỉ cần nâng cấp phần mềm của kho.",
    },
    en: {
      name: "Irregular datestamp",
      meaning:
        "The datestamp can be read and is not of the prescribed form: parts of a second, local time, a year alone … It is kept as it was sent.",
      remedy:
        "Datestamps are in UTC, as YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ (OAI-PMH 2.0, 3.3). Often a newer version of the repository software is enough.",
    },
  },
  "unmapped-element": {
    vi: {
      name: "Phần chưa dùng đến",
      meaning: "Phần này của biểu ghi gốc chưa được chuyển sang biểu ghi chung. Bản gốc vẫn được lưu đủ.",
      remedy: "Kho không phải làm gì. Nếu dữ liệu này quan trọng, xin báo cho chúng tôi để bổ sung quy tắc chuyển đổi.",
    },
    en: {
      name: "Part not used yet",
      meaning: "This part of the source record has no place in the common record yet. The source is kept whole.",
      remedy:
        "The repository need not do anything. If the data matter, tell us, so that the crosswalk learns to read them.",
    },
  },
  "identity-from-content": {
    vi: {
      name: "Không có số kiểm soát",
      meaning:
        "Biểu ghi trong tệp không có 001 hay 035, nên chỉ nhận ra được qua chính nội dung: khi thư viện sửa nội dung, nó thành một biểu ghi khác.",
      remedy:
        "Xuất lại tệp kèm số kiểm soát (001, nên có cả 003). Một số phần mềm chỉ xuất 001 khi được chọn trong cấu hình.",
    },
    en: {
      name: "No control number",
      meaning:
        "The record in the file has neither 001 nor 035 and is known by its content alone: corrected by the library, it is another record.",
      remedy:
        "Export again with control numbers (001, best with 003). Some systems leave them out unless they are told otherwise.",
    },
  },
  "marc-damaged": {
    vi: {
      name: "Cấu trúc MARC hỏng",
      meaning:
        "Biểu ghi ISO 2709 ghi sai độ dài, danh mục trường, hoặc chứa ký tự không chuyển được sang MARCXML. Phần đọc được đã lấy, các byte gốc được lưu kèm.",
      remedy:
        "Xuất lại bằng UTF-8 từ phần mềm thư viện (vị trí 09 của đầu biểu là a); nếu được, xuất MARCXML thay cho ISO 2709.",
    },
    en: {
      name: "Damaged MARC",
      meaning:
        "The ISO 2709 record has wrong lengths or a wrong directory, or holds what MARCXML cannot carry. What can be read was taken, the bytes are kept beside it.",
      remedy:
        "Export again in UTF-8 (leader/09 is a) from the library system; as MARCXML instead of ISO 2709, where it can.",
    },
  },
  "email-removed": {
    vi: {
      name: "Đã bỏ địa chỉ e-mail",
      meaning: "Giá trị có địa chỉ thư điện tử của cá nhân. Chúng tôi bỏ địa chỉ này khi công bố.",
      remedy: "Nên xóa địa chỉ thư điện tử khỏi siêu dữ liệu của kho để bảo vệ dữ liệu cá nhân.",
    },
    en: {
      name: "E-mail address removed",
      meaning: "The value holds somebody's e-mail address. It is not published by us.",
      remedy: "Better take the address out of the repository's metadata: it is personal data.",
    },
  },
  "outside-set": {
    vi: {
      name: "Ngoài tập hợp được yêu cầu",
      meaning:
        "Chúng tôi chỉ yêu cầu một tập hợp (set), nhưng phần đầu biểu ghi chỉ nêu những tập hợp khác. Biểu ghi vẫn được nhận.",
      remedy:
        "Kiểm tra cấu hình tập hợp của kho: ListRecords với tham số set chỉ được trả về biểu ghi thuộc tập hợp đó.",
    },
    en: {
      name: "Outside the set",
      meaning: "One set was asked for, and the header names other sets only. The record is taken all the same.",
      remedy: "See how the repository builds its sets: ListRecords with a set must bring records of that set only.",
    },
  },
  "provenance-dropped": {
    vi: {
      name: "Đã bỏ nhật ký nội bộ",
      meaning:
        "dc:description chứa nhật ký xử lý của kho (ai nộp, ai duyệt, lúc nào). Chúng tôi không công bố phần này.",
      remedy: "Ẩn phần này khỏi giao diện OAI-PMH của kho.",
    },
    en: {
      name: "Internal log dropped",
      meaning:
        "dc:description holds the repository's own log (who submitted, who approved, when). It is not published by us.",
      remedy: "Hide it from the repository's OAI-PMH interface.",
    },
  },
  placeholder: {
    vi: {
      name: "Giá trị điền cho có",
      meaning: "Trường chỉ ghi “Đang cập nhật”, “[k.đ.]”, “[k.nxb.]”, “N/A” … chứ không có dữ liệu. Chúng tôi bỏ qua.",
      remedy:
        "Để trống trường chưa có dữ liệu. Các cách ghi theo quy tắc biên mục như [k.đ.], [k.nxb.] thì giữ nguyên.",
    },
    en: {
      name: "Placeholder",
      meaning: 'The field says "being updated", "[s.l.]", "[s.n.]", "N/A" … and holds no data. It is passed over.',
      remedy:
        "Leave fields without data empty. What the cataloguing rules prescribe, such as [s.l.] and [s.n.], may stay.",
    },
  },
} as const satisfies Readonly<Record<string, IssueText>>;

import type { IssueText } from "./text.ts";

/** Remarks on identifiers, addresses and access. */
export const LINKS_AND_RIGHTS = {
  "identifier-missing": {
    vi: {
      name: "Không có mã định danh",
      meaning:
        "Siêu dữ liệu không có DOI, Handle hay địa chỉ nào dùng được. Chúng tôi dùng mã OAI của biểu ghi thay thế.",
      remedy:
        "Bổ sung dc:identifier là DOI, Handle hoặc địa chỉ trang giới thiệu tài liệu (MARC 21: 024, 856 $u), để bạn đọc mở được tài liệu tại kho.",
    },
    en: {
      name: "No identifier",
      meaning:
        "The metadata have no DOI, handle or address that can be used. The OAI identifier of the record stands in.",
      remedy:
        "Add dc:identifier: a DOI, a handle or the address of the item's page (MARC 21: 024, 856 $u), so that readers find the item.",
    },
  },
  "invalid-identifier": {
    vi: {
      name: "Mã định danh sai",
      meaning:
        "ISBN, ISSN, DOI, Handle hoặc địa chỉ này sai số kiểm tra hay sai cú pháp. Giá trị được giữ lại và đánh dấu là sai, không dùng để liên kết.",
      remedy: "Đối chiếu với tài liệu rồi sửa. Số in sai ngay trên sách ghi ở 020 $z.",
    },
    en: {
      name: "Wrong identifier",
      meaning:
        "The ISBN, ISSN, DOI, handle or address has a wrong check digit or form. It is kept and marked as invalid, and never used as a link.",
      remedy: "Compare it with the item and correct it. A number that is misprinted in the book belongs in 020 $z.",
    },
  },
  "default-handle-prefix": {
    vi: {
      name: "Handle mặc định 123456789",
      meaning:
        "123456789 là tiền tố cài sẵn của DSpace mà nhiều kho cùng để nguyên, nên handle này không xác định được tài liệu và không mở được qua hdl.handle.net.",
      remedy: "Đăng ký một tiền tố Handle riêng tại handle.net rồi đổi trong cấu hình của kho.",
    },
    en: {
      name: "Factory handle 123456789",
      meaning:
        "123456789 is the prefix with which DSpace is delivered and which many repositories have left: such a handle identifies nothing and does not resolve.",
      remedy: "Register a prefix of your own at handle.net and set it in the configuration of the repository.",
    },
  },
  "private-address": {
    vi: {
      name: "Địa chỉ trong mạng nội bộ",
      meaning:
        "Địa chỉ trỏ tới một máy trong mạng nội bộ (localhost, 10.…, 192.168.…), người ngoài không mở được, nên không công bố.",
      remedy:
        "Sửa địa chỉ công khai trong cấu hình phần mềm của kho rồi dựng lại dữ liệu OAI-PMH (MARC 21: sửa hàng loạt 856 $u).",
    },
    en: {
      name: "Private address",
      meaning:
        "The address leads into a private network (localhost, 10.…, 192.168.…) that nobody else can reach. It is not published.",
      remedy:
        "Set the public address in the repository's configuration and build its OAI-PMH data anew (MARC 21: correct 856 $u in one batch).",
    },
  },
  "invalid-url": {
    vi: {
      name: "Địa chỉ web sai",
      meaning: "856 $u không phải địa chỉ web đầy đủ, nên không công bố.",
      remedy: "Ghi đầy đủ, bắt đầu bằng http:// hoặc https://, không có dấu cách.",
    },
    en: {
      name: "Wrong web address",
      meaning: "856 $u is no full web address. It is not published.",
      remedy: "Write it in full, beginning with http:// or https://, without blanks.",
    },
  },
  "access-rights-unknown": {
    vi: {
      name: "Chưa rõ quyền truy cập",
      meaning:
        "Biểu ghi không cho biết ai được đọc toàn văn. Nếu kho có khai mức mặc định khi đăng ký, chúng tôi dùng mức ấy; không bao giờ tự coi là truy cập mở.",
      remedy: "Ghi quyền truy cập vào dc:rights, tốt nhất theo COAR (MARC 21: 506), hoặc khai mức mặc định cho cả kho.",
    },
    en: {
      name: "Access unknown",
      meaning:
        "The record does not say who may read the full text. What the repository declared as its default is taken, where it did; open access is never assumed.",
      remedy:
        "Say it in dc:rights, best in the terms of COAR (MARC 21: 506), or declare a default for the whole repository.",
    },
  },
  "unmatched-access-rights": {
    vi: {
      name: "Câu về quyền không hiểu được",
      meaning: "Câu này không có trong bảng quyền truy cập. Chúng tôi giữ lại làm ghi chú về quyền.",
      remedy:
        "Ghi thêm một giá trị thông dụng: Truy cập mở, Truy cập hạn chế, Chỉ siêu dữ liệu, hoặc địa chỉ http://purl.org/coar/access_right/…",
    },
    en: {
      name: "Unclear statement of access",
      meaning: "The sentence is not in the table of access rights. It is kept as a note on rights.",
      remedy:
        "Add a usual value: open access, restricted access, metadata only access, or an address http://purl.org/coar/access_right/…",
    },
  },
  "conflicting-access-rights": {
    vi: {
      name: "Quyền truy cập mâu thuẫn",
      meaning: "Biểu ghi nêu nhiều mức quyền truy cập khác nhau. Chúng tôi lấy mức chặt nhất.",
      remedy: "Chỉ để lại một mức đúng trong dc:rights.",
    },
    en: {
      name: "Contradictory access",
      meaning: "The record states several different access rights. The most restrictive one is taken.",
      remedy: "Leave the one that is right in dc:rights.",
    },
  },
} as const satisfies Readonly<Record<string, IssueText>>;

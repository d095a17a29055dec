import type { IssueText } from "../issue-texts/text.ts";

/** Rules on what may be done with the item and where its text is, and what LA Referencia takes. */
export const ACCESS_RULE_TEXTS = {
  "access-rights": {
    vi: {
      name: "Quyền truy cập",
      meaning: "Biểu ghi phải tự cho biết tài liệu mở, hạn chế, chờ hết hạn hay chỉ có siêu dữ liệu.",
      remedy:
        "Ghi dc:rights là info:eu-repo/semantics/openAccess, restrictedAccess, embargoedAccess … hoặc địa chỉ khái niệm của COAR (MARC 21: 506).",
    },
    en: {
      name: "Access right",
      meaning: "A record says itself whether its item is open, restricted, under embargo or only described.",
      remedy:
        "Write info:eu-repo/semantics/openAccess, restrictedAccess, embargoedAccess ... or COAR's URI into dc:rights (MARC 21: 506).",
    },
  },
  "full-text": {
    vi: {
      name: "Địa chỉ toàn văn",
      meaning: "Tài liệu mở phải có địa chỉ tải được toàn văn.",
      remedy: "Cung cấp địa chỉ tệp trong OAI-PMH (xoai, mets, oai_openaire; MARC 21: 856 40 $u $q).",
    },
    en: {
      name: "Address of the full text",
      meaning: "An item in open access has an address from which its text can be fetched.",
      remedy: "Offer the addresses of files over OAI-PMH (xoai, mets, oai_openaire; MARC 21: 856 40 $u $q).",
    },
  },
  "embargo-end": {
    vi: {
      name: "Ngày hết hạn chế",
      meaning: "Tài liệu đang chờ hết hạn phải cho biết ngày được mở.",
      remedy:
        "Ghi dc:date là info:eu-repo/date/embargoEnd/YYYY-MM-DD (DSpace: dc.date.embargo hoặc dc.date.available).",
    },
    en: {
      name: "End of the embargo",
      meaning: "Of an item under embargo the day is given on which it becomes open.",
      remedy:
        "Write info:eu-repo/date/embargoEnd/YYYY-MM-DD into dc:date (DSpace: dc.date.embargo or dc.date.available).",
    },
  },
  license: {
    vi: {
      name: "Giấy phép sử dụng",
      meaning: "Biểu ghi nên dẫn tới giấy phép, tốt nhất là Creative Commons.",
      remedy: "Ghi địa chỉ giấy phép vào dc:rights (DSpace: dc.rights.uri; MARC 21: 540 $u).",
    },
    en: {
      name: "License",
      meaning: "A record should name its license, best one of Creative Commons.",
      remedy: "Write the URI of the license into dc:rights (DSpace: dc.rights.uri; MARC 21: 540 $u).",
    },
  },
  version: {
    vi: {
      name: "Phiên bản",
      meaning:
        "Bài báo, bài hội thảo và bản thảo công bố sớm nên cho biết là bản nào: gửi đi, được nhận hay đã xuất bản.",
      remedy: "Ghi dc:type thêm info:eu-repo/semantics/publishedVersion, acceptedVersion hoặc submittedVersion.",
    },
    en: {
      name: "Version",
      meaning: "Articles, papers and preprints should say which version they are: submitted, accepted or published.",
      remedy: "Add info:eu-repo/semantics/publishedVersion, acceptedVersion or submittedVersion to dc:type.",
    },
  },
  "media-type": {
    vi: {
      name: "Định dạng tệp",
      meaning: "Tài liệu có tệp nên cho biết định dạng, ví dụ application/pdf.",
      remedy: "Ghi dc:format bằng kiểu MIME (MARC 21: 856 $q).",
    },
    en: {
      name: "Media type",
      meaning: "Of an item with files the media type should be given, such as application/pdf.",
      remedy: "Write the media type into dc:format (MARC 21: 856 $q).",
    },
  },
  "accepted-type": {
    vi: {
      name: "Loại được LA Referencia nhận",
      meaning:
        "LA Referencia chỉ nhận bài báo, luận văn thạc sĩ, luận án tiến sĩ, báo cáo, sách, chương sách và bộ dữ liệu.",
      remedy: "Nếu tài liệu thuộc một trong các loại đó, ghi đúng loại ở dc:type; các loại khác không thuộc phạm vi.",
    },
    en: {
      name: "Type that LA Referencia takes",
      meaning: "LA Referencia takes articles, master and doctoral theses, reports, books, chapters and datasets only.",
      remedy: "Where the item is one of those, say so in dc:type; other types are outside of its scope.",
    },
  },
  "accepted-access": {
    vi: {
      name: "Quyền được LA Referencia nhận",
      meaning: "LA Referencia chỉ nhận tài liệu mở hoặc sẽ mở khi hết hạn.",
      remedy:
        "Nếu tài liệu mở, ghi info:eu-repo/semantics/openAccess ở dc:rights; tài liệu hạn chế không thuộc phạm vi.",
    },
    en: {
      name: "Access that LA Referencia takes",
      meaning: "LA Referencia takes items in open access or under embargo only.",
      remedy:
        "Where the item is open, write info:eu-repo/semantics/openAccess into dc:rights; restricted ones are outside of its scope.",
    },
  },
} as const satisfies Readonly<Record<string, IssueText>>;

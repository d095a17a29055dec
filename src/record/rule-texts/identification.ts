import type { IssueText } from "../issue-texts/text.ts";

/** Rules on what names the item. */
export const IDENTIFICATION_RULE_TEXTS = {
  "main-title": {
    vi: {
      name: "Nhan đề chính",
      meaning: "Biểu ghi phải có một nhan đề chính.",
      remedy: "Bổ sung nhan đề (dc:title; MARC 21: 245 $a).",
    },
    en: {
      name: "Main title",
      meaning: "A record has a main title.",
      remedy: "Add the title (dc:title; MARC 21: 245 $a).",
    },
  },
  identifier: {
    vi: {
      name: "Mã định danh bền vững",
      meaning: "Biểu ghi phải có DOI, Handle, ARK, URN hoặc địa chỉ web hợp lệ của tài liệu.",
      remedy:
        "Bổ sung dc:identifier là DOI, Handle (không phải 123456789/…) hoặc địa chỉ trang tài liệu (MARC 21: 024, 856 $u).",
    },
    en: {
      name: "Persistent identifier",
      meaning: "A record has a valid DOI, handle, ARK, URN or web address of its item.",
      remedy:
        "Add dc:identifier: a DOI, a handle (not 123456789/...) or the address of the item's page (MARC 21: 024, 856 $u).",
    },
  },
  "publication-date": {
    vi: {
      name: "Năm xuất bản",
      meaning: "Biểu ghi phải có năm xuất bản; với luận văn, luận án là năm bảo vệ.",
      remedy: "Ghi dc:date dạng YYYY hoặc YYYY-MM-DD (MARC 21: 264 $c hoặc 260 $c, và 008/07-10).",
    },
    en: {
      name: "Date of publication",
      meaning: "A record has a date of publication; of a thesis, that of its defence.",
      remedy: "Write dc:date as YYYY or YYYY-MM-DD (MARC 21: 264 $c or 260 $c, and 008/07-10).",
    },
  },
  "resource-type": {
    vi: {
      name: "Loại tài liệu",
      meaning: "Loại tài liệu phải thuộc bảng từ vựng COAR hoặc là một tên gọi quen dùng mà chúng tôi đối chiếu được.",
      remedy:
        "Ghi dc:type bằng tên loại thông dụng (Luận văn thạc sĩ, Bài báo, Sách …) hoặc địa chỉ khái niệm của COAR.",
    },
    en: {
      name: "Resource type",
      meaning: "A record has a type of COAR's vocabulary, or a common name for one that we can match.",
      remedy: "Write a common name of a type into dc:type (Master thesis, Journal article, Book ...), or COAR's URI.",
    },
  },
  "landing-page": {
    vi: {
      name: "Địa chỉ mở được tài liệu",
      meaning: "Tài liệu số phải có địa chỉ web công khai dẫn tới trang giới thiệu.",
      remedy: "Bổ sung dc:identifier là địa chỉ http(s) công khai của trang tài liệu (MARC 21: 856 $u).",
    },
    en: {
      name: "Address that opens the item",
      meaning: "An item that is online has a public web address that leads to its page.",
      remedy: "Add dc:identifier with the public http(s) address of the item's page (MARC 21: 856 $u).",
    },
  },
  "standard-number": {
    vi: {
      name: "ISBN hoặc ISSN",
      meaning: "Sách nên có ISBN; tạp chí và bài báo nên có ISSN.",
      remedy: "Bổ sung ISBN, ISSN vào dc:identifier hoặc dc:source (MARC 21: 020 $a, 022 $a, 773 $x).",
    },
    en: {
      name: "ISBN or ISSN",
      meaning: "A book should have its ISBN, a journal or an article its ISSN.",
      remedy: "Add ISBN or ISSN to dc:identifier or dc:source (MARC 21: 020 $a, 022 $a, 773 $x).",
    },
  },
  "valid-numbers": {
    vi: {
      name: "Các số chuẩn đúng",
      meaning: "Các ISBN, ISSN, ISMN, DOI trong biểu ghi phải đúng cú pháp và đúng số kiểm tra.",
      remedy: "Đối chiếu với tài liệu rồi sửa. Số in sai ngay trên sách ghi ở 020 $z.",
    },
    en: {
      name: "Numbers that are right",
      meaning: "The ISBN, ISSN, ISMN and DOI of a record have the right form and check digit.",
      remedy: "Compare them with the item and correct them. A number that is misprinted in the book belongs in 020 $z.",
    },
  },
} as const satisfies Readonly<Record<string, IssueText>>;

import type { IssueText } from "../issue-texts/text.ts";

/** Rules on who made the item, what it is about, and theses. */
export const DESCRIPTION_RULE_TEXTS = {
  creator: {
    vi: {
      name: "Tác giả",
      meaning: "Biểu ghi phải nêu tác giả, trừ tạp chí, bộ sưu tập và tài liệu khuyết danh.",
      remedy: "Ghi mỗi tác giả vào một dc:creator (MARC 21: 100, 110, 700 kèm $4 aut).",
    },
    en: {
      name: "Creator",
      meaning: "A record names its authors, but for serials, collections and anonymous works.",
      remedy: "Give each author a dc:creator (MARC 21: 100, 110, 700 with $4 aut).",
    },
  },
  contributor: {
    vi: {
      name: "Người hướng dẫn",
      meaning: "Biểu ghi luận văn, luận án phải nêu người hướng dẫn hoặc người đóng góp khác.",
      remedy: "Ghi người hướng dẫn vào dc:contributor (DSpace: dc.contributor.advisor; MARC 21: 700 kèm $4 ths).",
    },
    en: {
      name: "Supervisor of a thesis",
      meaning: "The record of a thesis names its supervisor or another contributor.",
      remedy: "Name the supervisor in dc:contributor (DSpace: dc.contributor.advisor; MARC 21: 700 with $4 ths).",
    },
  },
  publisher: {
    vi: {
      name: "Nhà xuất bản",
      meaning: "Biểu ghi phải nêu nhà xuất bản hoặc cơ quan công bố; với luận văn có thể là cơ sở đào tạo.",
      remedy: "Bổ sung dc:publisher (MARC 21: 264 $b hoặc 260 $b).",
    },
    en: {
      name: "Publisher",
      meaning: "A record names who published the item; of a thesis, the institution that granted the degree will do.",
      remedy: "Add dc:publisher (MARC 21: 264 $b or 260 $b).",
    },
  },
  language: {
    vi: {
      name: "Ngôn ngữ",
      meaning: "Tài liệu có chữ phải ghi ngôn ngữ, theo mã ISO 639 hoặc tên thông dụng.",
      remedy: "Ghi dc:language là vie, eng … (MARC 21: 008/35-37 và 041 $a).",
    },
    en: {
      name: "Language",
      meaning: "Of an item with text the language is given, as a code of ISO 639 or a common name.",
      remedy: "Write vie, eng ... into dc:language (MARC 21: 008/35-37 and 041 $a).",
    },
  },
  abstract: {
    vi: {
      name: "Tóm tắt",
      meaning: "Luận văn, bài báo, báo cáo và bộ dữ liệu phải có tóm tắt.",
      remedy: "Bổ sung tóm tắt vào dc:description (DSpace: dc.description.abstract; MARC 21: 520 $a).",
    },
    en: {
      name: "Abstract",
      meaning: "Theses, articles, reports and datasets come with an abstract.",
      remedy: "Add the abstract to dc:description (DSpace: dc.description.abstract; MARC 21: 520 $a).",
    },
  },
  subject: {
    vi: {
      name: "Chủ đề hoặc từ khóa",
      meaning: "Biểu ghi phải có từ khóa, đề mục chủ đề hoặc ký hiệu phân loại.",
      remedy: "Ghi mỗi từ khóa vào một dc:subject (MARC 21: 650, 653, 082).",
    },
    en: {
      name: "Subject or keyword",
      meaning: "A record has keywords, subject headings or a class number.",
      remedy: "Give each keyword a dc:subject (MARC 21: 650, 653, 082).",
    },
  },
  "host-publication": {
    vi: {
      name: "Nguồn trích",
      meaning: "Bài báo, bài hội thảo và chương sách nên cho biết nằm trong tạp chí, kỷ yếu hay cuốn sách nào.",
      remedy: "Ghi tên tạp chí, tập, số, trang vào dc:source (MARC 21: 773 $t $g).",
    },
    en: {
      name: "What it appeared in",
      meaning: "Articles, papers and chapters should name the journal, proceedings or book that they stand in.",
      remedy: "Write journal, volume, issue and pages into dc:source (MARC 21: 773 $t $g).",
    },
  },
  relation: {
    vi: {
      name: "Tài liệu liên quan",
      meaning: "Biểu ghi nên chỉ tới các tài liệu liên quan: bản khác, dữ liệu gốc, phần của bộ.",
      remedy: "Ghi mã định danh của tài liệu liên quan vào dc:relation (MARC 21: 76X-78X).",
    },
    en: {
      name: "Related items",
      meaning: "A record should point to related items: other versions, underlying data, what it is part of.",
      remedy: "Write the identifiers of related items into dc:relation (MARC 21: 76X-78X).",
    },
  },
  "sound-text": {
    vi: {
      name: "Chữ còn nguyên vẹn",
      meaning: "Chữ tiếng Việt trong biểu ghi không bị mất dấu thành dấu hỏi hay hỏng do chuyển mã hai lần.",
      remedy: "Nhập lại từ tài liệu gốc và kiểm tra bảng mã của cơ sở dữ liệu (phải là UTF-8).",
    },
    en: {
      name: "Text without lost letters",
      meaning: "No letters of the record were lost as question marks or spoilt by being converted twice.",
      remedy: "Type the text anew from the item, and check that the encoding of the database is UTF-8.",
    },
  },
  "thesis-level": {
    vi: {
      name: "Bậc học của luận văn",
      meaning: "Biểu ghi luận văn, luận án phải cho biết bậc: cử nhân, thạc sĩ hay tiến sĩ.",
      remedy: "Ghi rõ trong dc:type (Luận văn thạc sĩ, Luận án tiến sĩ) hoặc thesis.degree.level (MARC 21: 502 $b).",
    },
    en: {
      name: "Level of a thesis",
      meaning: "The record of a thesis says whether it is a bachelor's, master's or doctoral one.",
      remedy: "Say so in dc:type (Master thesis, Doctoral thesis) or thesis.degree.level (MARC 21: 502 $b).",
    },
  },
  "thesis-grantor": {
    vi: {
      name: "Cơ sở đào tạo cấp bằng",
      meaning: "Biểu ghi luận văn, luận án phải nêu cơ sở cấp bằng.",
      remedy: "Ghi vào thesis.degree.grantor hoặc dc:publisher (MARC 21: 502 $c).",
    },
    en: {
      name: "Institution that granted the degree",
      meaning: "The record of a thesis names the institution that granted the degree.",
      remedy: "Name it in thesis.degree.grantor or dc:publisher (MARC 21: 502 $c).",
    },
  },
  "thesis-discipline": {
    vi: {
      name: "Chuyên ngành của luận văn",
      meaning: "Biểu ghi luận văn, luận án phải nêu chuyên ngành.",
      remedy: "Ghi tên và mã chuyên ngành vào thesis.degree.discipline (MARC 21: 502 $o hoặc $a).",
    },
    en: {
      name: "Discipline of a thesis",
      meaning: "The record of a thesis names its discipline.",
      remedy: "Write name and code of the discipline into thesis.degree.discipline (MARC 21: 502 $o or $a).",
    },
  },
} as const satisfies Readonly<Record<string, IssueText>>;

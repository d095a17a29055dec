import type { IssueText } from "./text.ts";

/** Remarks on persons, their roles, and classification. */
export const NAMES_AND_SUBJECTS = {
  "several-names": {
    vi: {
      name: "Nhiều tên trong một trường",
      meaning: "Một trường ghi tên nhiều người. Chúng tôi đã tách thành từng người.",
      remedy: "Mỗi người ghi một trường (lặp lại dc:creator, dc:contributor; MARC 21: 100 và 700).",
    },
    en: {
      name: "Several names in one field",
      meaning: "One field names several people. They were taken apart.",
      remedy: "One field for each (repeat dc:creator, dc:contributor; MARC 21: 100 and 700).",
    },
  },
  "no-name": {
    vi: {
      name: "Không nêu tên ai",
      meaning: "Trường tác giả chỉ ghi “Khuyết danh”, “Nhiều tác giả” …, nên không lập tên tác giả nào.",
      remedy: "Ghi tên tác giả nếu biết, nếu không thì để trống.",
    },
    en: {
      name: "Nobody is named",
      meaning: 'The field of the author says "anonymous", "various authors" … No name was made of it.',
      remedy: "Name the authors where they are known, and leave the field empty otherwise.",
    },
  },
  "others-not-named": {
    vi: {
      name: "Còn người không nêu tên",
      meaning: "Giá trị có “và những người khác”, “et al.” … Chỉ những người được nêu tên mới có trong biểu ghi.",
      remedy: "Ghi đủ tên các tác giả, mỗi người một trường.",
    },
    en: {
      name: "Others are not named",
      meaning: 'The value says "and others", "et al." … The record holds those who are named.',
      remedy: "Name all authors, one field for each.",
    },
  },
  "invalid-orcid": {
    vi: {
      name: "ORCID sai",
      meaning: "ORCID sai số kiểm tra nên không dùng; tên người vẫn giữ.",
      remedy: "Chép lại ORCID từ trang orcid.org của tác giả.",
    },
    en: {
      name: "Wrong ORCID",
      meaning: "The check digit of the ORCID is wrong. It is not used; the name is.",
      remedy: "Copy the ORCID anew from the author's page at orcid.org.",
    },
  },
  "unmatched-role": {
    vi: {
      name: "Vai trò ngoài bảng",
      meaning: "Vai trò ghi ở $e hoặc $4 không có trong bảng vai trò của MARC, nên không dùng được; tên người vẫn giữ.",
      remedy:
        "Dùng mã vai trò MARC ở $4 (aut, edt, trl, ths …) hoặc từ thông dụng ở $e (chủ biên, biên soạn, dịch, hướng dẫn …).",
    },
    en: {
      name: "Unknown role",
      meaning: "The role in $e or $4 is not among the MARC relators and cannot be used; the name is kept.",
      remedy:
        "Use a MARC relator code in $4 (aut, edt, trl, ths …) or a usual word in $e (editor, translator, thesis advisor …).",
    },
  },
  "name-from-responsibility": {
    vi: {
      name: "Tên lấy từ thông tin trách nhiệm",
      meaning:
        "Biểu ghi không có trường tên người (100, 700 …). Chúng tôi lấy từ 245 $c những tên chắc chắn là tên người Việt.",
      remedy: "Lập điểm truy cập cho các tác giả ở 100 và 700 theo 245 $c.",
    },
    en: {
      name: "Name from the statement of responsibility",
      meaning:
        "The record has no field for names (100, 700 …). What are certainly Vietnamese names in 245 $c was taken.",
      remedy: "Make access points in 100 and 700 for those whom 245 $c names.",
    },
  },
  "invalid-classification": {
    vi: {
      name: "Ký hiệu DDC sai",
      meaning:
        "Giá trị ở trường DDC (082, 083) không phải ký hiệu phân loại thập phân Dewey. Chúng tôi giữ lại như ký hiệu riêng của thư viện.",
      remedy:
        "082 $a gồm ba chữ số, có thể thêm dấu chấm và phần thập phân; ký hiệu tác giả ghi ở $b. Ký hiệu của khung phân loại khác ghi ở 080 (UDC) hoặc 084 kèm $2.",
    },
    en: {
      name: "Wrong Dewey number",
      meaning:
        "The value in a field of Dewey (082, 083) is no Dewey number. It is kept as a number of the library's own.",
      remedy:
        "082 $a is three digits, then perhaps a point and decimals; the item number belongs in $b. Other schemes go to 080 (UDC) or 084 with $2.",
    },
  },
} as const satisfies Readonly<Record<string, IssueText>>;

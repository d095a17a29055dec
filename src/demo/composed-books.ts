import {
  BOOK_SUBJECTS,
  IMPRINTS,
  LITERARY_BEGINNINGS,
  LITERARY_ENDS,
  LITERARY_GENRES,
  LOCAL_TOPICS,
  PROVINCES,
} from "./book-subjects.ts";
import type { CatalogueEntry } from "./catalogue-record.ts";
import { catalogueThesis } from "./catalogued-theses.ts";
import { composeThesis } from "./composed-theses.ts";
import { choosePerson, invertName, writeName } from "./person-names.ts";
import type { SeededChoice } from "./seeded-choice.ts";

type TitlePair = readonly [vietnamese: string, english: string];

const TEXTBOOK_TITLES: readonly [TitlePair, ...TitlePair[]] = [
  ["Giáo trình {môn}", "{Subject}: a textbook"],
  ["Bài tập {môn}", "Exercises in {subject}"],
  ["{Môn} căn bản", "Basic {subject}"],
  ["Nhập môn {môn}", "Introduction to {subject}"],
];
const READERS: readonly [string, ...string[]] = [
  "Dùng cho sinh viên các trường đại học và cao đẳng",
  "Đầu trang tên sách ghi: Bộ Giáo dục và Đào tạo",
  "Lưu hành nội bộ",
];

/** The description of a book such as a provincial library buys or receives. */
export function composeEntry(choice: SeededChoice): CatalogueEntry {
  const kind = choice.between(1, 10);
  if (kind <= 4) return composeTextbook(choice);
  if (kind <= 6) return composeLocalStudy(choice);
  if (kind <= 8) return composeLiterature(choice);
  const thesis = composeThesis(choice, 500);
  return catalogueThesis(thesis, `http://thuvien.example.vn/doc.aspx?ma=${choice.between(10_000, 99_999)}`);
}

function composeTextbook(choice: SeededChoice): CatalogueEntry {
  const { name, ddc, heading, english } = choice.pick(BOOK_SUBJECTS);
  const [vietnamese, translation] = choice.pick(TEXTBOOK_TITLES);
  const title = vietnamese.replace("{môn}", name).replace("{Môn}", capitalise(name));
  const parallel = translation.replace("{subject}", english.toLowerCase()).replace("{Subject}", english);
  const [editor, second, third] = [choosePerson(choice), choosePerson(choice), choosePerson(choice)].map(writeName);
  const pages = choice.between(140, 480);
  return {
    collection: "SACH",
    text: `
      020 ## $a{isbn}$c${choice.between(35, 180)}000đ
      041 0# $avie
      082 04 $a${ddc}$223$b${shelfMark(title, choice)}
      100 1# $a${invertName(editor ?? "")}$ech.b.
      245 10 $a${title} =$b${parallel} /$c${editor} (ch.b.), ${second}, ${third}
      250 ## $aTái bản lần thứ ${choice.between(1, 6)}, có sửa chữa, bổ sung
      ${imprint(choice, "260 ##", 1996)}
      300 ## $a${pages}tr. :$bminh họa ;$c24cm
      500 ## $a${choice.pick(READERS)}
      504 ## $aThư mục: tr. ${pages - 4}-${pages}
      520 ## $aTrình bày những kiến thức cơ bản về ${name}, kèm theo câu hỏi ôn tập và bài tập ở cuối mỗi chương
      650 #7 $a${heading}$2Bộ TK TVQG
      653 ## $aGiáo trình
      700 1# $a${invertName(second ?? "")}
      700 1# $a${invertName(third ?? "")}`,
  };
}

function composeLocalStudy(choice: SeededChoice): CatalogueEntry {
  const [pattern, ddc, heading] = choice.pick(LOCAL_TOPICS);
  const province = choice.pick(PROVINCES);
  const [first, second] = [writeName(choosePerson(choice)), writeName(choosePerson(choice))];
  const title = pattern.replace("{tỉnh}", province);
  return {
    collection: "DIACHI",
    text: `
      041 0# $avie
      082 04 $a${ddc}$223$b${shelfMark(title, choice)}
      245 00 $a${title} /$cB.s.: ${first}, ${second}...
      ${imprint(choice, "264 #1", 2016)}
      300 ## $a${choice.between(220, 980)} tr., ${choice.between(4, 32)} tr. ảnh màu :$bbản đồ, bảng ;$c27 cm
      490 0# $aTủ sách Địa phương$vT.${choice.between(1, 12)}
      520 ## $aGiới thiệu khái quát về tự nhiên, lịch sử và con người ${province}; tập hợp tư liệu về ${heading.toLowerCase()} của địa phương
      650 #4 $a${heading}
      651 #7 $a${province}$2Bộ TK TVQG
      653 ## $a${heading}
      653 ## $a${province}
      700 0# $a${first}$eb.s.
      700 0# $a${second}$eb.s.`,
  };
}

function composeLiterature(choice: SeededChoice): CatalogueEntry {
  const title = `${choice.pick(LITERARY_BEGINNINGS)} ${choice.pick(LITERARY_ENDS)}`;
  const genre = choice.pick(LITERARY_GENRES);
  const author = writeName(choosePerson(choice));
  return {
    collection: "SACH",
    text: `
      020 ## $a{isbn}$c${choice.between(40, 150)}000đ$d${choice.between(5, 30)}00b
      041 0# $avie
      082 04 $a895.922${genre === "Thơ" ? "14" : "34"}$214$b${shelfMark(title, choice)}
      100 0# $a${author}
      245 10 $a${title} :$b${genre} /$c${author}
      ${imprint(choice, "260 ##", 1996)}
      300 ## $a${choice.between(80, 420)}tr. ;$c21cm
      653 ## $aVăn học hiện đại
      653 ## $aViệt Nam
      655 #7 $a${genre}$2Bộ TK TVQG`,
  };
}

function imprint(choice: SeededChoice, field: string, firstYear: number): string {
  const [place, publisher] = choice.pick(IMPRINTS);
  return `${field} $a${place} :$b${publisher},$c${choice.between(firstYear, 2024)}`;
}

/** The author mark of Vietnamese libraries: first letter, three digits, first letter of the second word. */
function shelfMark(title: string, choice: SeededChoice): string {
  const [first = "", second = ""] = title.split(" ");
  return `${first.slice(0, 1)}${choice.between(101, 599)}${second.slice(0, 1).toUpperCase()}`;
}

function capitalise(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

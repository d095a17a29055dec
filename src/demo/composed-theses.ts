import { DISCIPLINES, type Discipline, type StudyObject } from "./disciplines.ts";
import { chooseAdvisor, choosePerson, writeName } from "./person-names.ts";
import type { SeededChoice } from "./seeded-choice.ts";
import { nameOfWork, type Thesis, type ThesisLevel } from "./thesis.ts";

const LEVELS: readonly [ThesisLevel, ...ThesisLevel[]] = ["thạc sĩ", "thạc sĩ", "thạc sĩ", "tiến sĩ", "đại học"];

const CLOSINGS: readonly string[] = [
  "Trên cơ sở đó, tác giả đề xuất bốn nhóm giải pháp phù hợp với điều kiện thực tế.",
  "Kết quả nghiên cứu là tài liệu tham khảo hữu ích cho các nhà quản lý và những nghiên cứu tiếp theo.",
  "Hạn chế của đề tài là phạm vi khảo sát còn hẹp và thời gian theo dõi chưa dài.",
  "Một số kiến nghị được gửi tới cơ quan quản lý nhà nước và chính quyền địa phương.",
  "Hướng phát triển tiếp theo là mở rộng mẫu nghiên cứu và bổ sung các yếu tố chưa được xem xét.",
  "Đây là một trong những công trình đầu tiên tiếp cận vấn đề một cách hệ thống ở quy mô địa phương.",
  "Những phát hiện này góp phần làm sáng tỏ cơ sở lý luận và thực tiễn của vấn đề.",
];

const STRUCTURES: readonly [string, ...string[]] = [
  "Ngoài phần mở đầu và kết luận, công trình gồm ba chương.",
  "Nội dung chính được trình bày trong bốn chương.",
  "Phần phụ lục giới thiệu công cụ khảo sát và bảng số liệu gốc.",
];

/** A thesis put together from the words of one discipline, with an abstract of about that many bytes of UTF-8. */
export function composeThesis(choice: SeededChoice, abstractBytes: number): Thesis {
  const discipline = choice.pick(DISCIPLINES);
  const object = choice.pick(discipline.objects);
  const title = `${choice.pick(discipline.actions)} ${object.phrase} ${choice.pick(discipline.settings)}`;
  const level = choice.pick(LEVELS);
  const doctoral = level === "tiến sĩ";
  return {
    level,
    title,
    author: writeName(choosePerson(choice)),
    advisors: Array.from({ length: doctoral ? 2 : 1 }, () => chooseAdvisor(choice)),
    discipline: discipline.name,
    year: choice.between(2009, 2024),
    pages: doctoral ? choice.between(140, 220) : choice.between(62, 118),
    keywords: keywordsOf(discipline, object),
    abstract: composeAbstract(choice, discipline, object, level, abstractBytes),
  };
}

function keywordsOf(discipline: Discipline, object: StudyObject): string[] {
  return [...object.keywords, discipline.name];
}

function composeAbstract(
  choice: SeededChoice,
  discipline: Discipline,
  object: StudyObject,
  level: ThesisLevel,
  bytes: number,
): string {
  const sentences = [
    `${nameOfWork(level)} nghiên cứu ${object.phrase}, một vấn đề được quan tâm trong lĩnh vực ${discipline.name.toLowerCase()} hiện nay.`,
    ...choice.pickSome(discipline.methods, 2),
    ...choice.pickSome(discipline.findings, 3),
    ...choice.pickSome(CLOSINGS, CLOSINGS.length),
    choice.pick(STRUCTURES),
  ];
  let written = 0;
  const fitting = sentences.filter((sentence) => {
    const length = Buffer.byteLength(sentence);
    const fits = written + length / 2 <= bytes;
    if (fits) written += length;
    return fits;
  });
  return fitting.join(" ");
}

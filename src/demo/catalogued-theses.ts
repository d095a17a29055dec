import type { CatalogueEntry } from "./catalogue-record.ts";
import { disciplineNamed } from "./disciplines.ts";
import { invertName } from "./person-names.ts";
import { nameOfWork, programmeCode, type Thesis, UNIVERSITY } from "./thesis.ts";

const DEGREES = { "tiến sĩ": "Luận án TS.", "thạc sĩ": "Luận văn ThS.", "đại học": "Khóa luận" } as const;
const TITLE_OF_PERSON = /^(?:(?:GS|PGS|TS|ThS|BS)\.?\s*)+/;

/** A thesis as a cataloguer describes the copy deposited in the library; `address` is the full text's. */
export function catalogueThesis(thesis: Thesis, address: string): CatalogueEntry {
  const { discipline, year, pages } = thesis;
  const { ddc } = disciplineNamed(discipline);
  const work = nameOfWork(thesis.level);
  const note = year >= 2019 ? `$b${work}$c${UNIVERSITY}$d${year}` : `$a${work} -- ${UNIVERSITY}, ${year}`;
  return {
    collection: "LUANAN",
    text: `
      041 0# $avie
      082 04 $a${ddc}$223
      100 1# $a${invertName(thesis.author)}
      245 10 $a${thesis.title} :$b${DEGREES[thesis.level]} ${discipline}: ${programmeCode(thesis)} /$c${responsibility(thesis)}
      260 ## $aMinh Họa :$b${UNIVERSITY},$c${year}
      300 ## $a${pages} tr. ;$c30 cm +$e1 tóm tắt
      502 ## ${note}
      504 ## $aThư mục: tr. ${pages - 6}-${pages}
      520 ## $a${thesis.abstract}
      ${thesis.keywords.map((keyword) => `653 ## $a${keyword}`).join("\n")}
      655 #7 $a${work}$2btkvn
      ${thesis.advisors.map((advisor) => `700 1# $a${invertName(nameWithoutTitle(advisor))}$ehướng dẫn`).join("\n")}
      710 2# $a${UNIVERSITY}
      856 41 $u${address}$zToàn văn`,
  };
}

function responsibility(thesis: Thesis): string {
  return `${thesis.author} ; Người hướng dẫn: ${thesis.advisors.join(", ")}`;
}

function nameWithoutTitle(advisor: string): string {
  return advisor.replace(TITLE_OF_PERSON, "");
}

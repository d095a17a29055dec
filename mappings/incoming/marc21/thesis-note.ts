import type { MarcNode, MarcSource, MarcSourceField } from "../../../src/crosswalk/marc-source.ts";
import { grantsDegrees } from "../../../src/crosswalk/organizations.ts";
import type { ThesisLevel } from "../../../src/crosswalk/resource-types.ts";
import { readThesisNote } from "../../../src/crosswalk/thesis-note.ts";
import { levelOfDegree } from "./degrees.ts";
import { withoutIsbd } from "./isbd.ts";

/** What 502, or the other title information of a thesis, says. */
export interface ThesisStatement {
  readonly level: ThesisLevel | null;
  readonly degreeName: string | null;
  readonly discipline: { readonly label: string; readonly code?: string } | null;
  readonly grantor: string | null;
  readonly department: string | null;
  readonly date: string | null;
  readonly from: readonly MarcNode[];
}

/** Between the kind of thesis and the institution: "Luận văn (Thạc sĩ) -- Trường Đại học Cần Thơ, 2015". */
const DIVIDER = /\s*(?:--|—|–|\s-\s|\s\/\s)\s*/;
const YEAR = /(?<!\d)(?:19|20)\d\d(?!\d)/g;
const DEPARTMENT = /^(?:khoa|bộ môn|viện|phòng|department|dept|faculty|school|institute)(?!\p{L})/iu;

/** The statement about the thesis: 502, else 245 $b where it only names the degree, else `null`. */
export function thesisStatement(marc: MarcSource): ThesisStatement | null {
  const [field] = marc.fields("502");
  if (field !== undefined) return structured(field);
  const node = marc
    .fields("245")[0]
    ?.all("b")
    .find(({ value }) => isDegreeNote(withoutIsbd(value)));
  return node === undefined ? null : fromText(node);
}

/** Whether the other title information of a thesis only says what degree it is for: "Luận văn ThS. Kinh tế: 60.31.12". */
export function isDegreeNote(text: string): boolean {
  const degree = readThesisNote(text)?.degreeName ?? null;
  return degree !== null;
}

/** LoC MARC 21 502: $b degree, $c institution, $d year; what they leave open is read from $a. */
function structured(field: MarcSourceField): ThesisStatement | null {
  const [text, degree, institution, year] = ["a", "b", "c", "d"].map((code) => field.first(code));
  const free = text == null ? null : fromText(text);
  const degreeName = degree == null ? null : withoutIsbd(degree.value);
  const named = institution == null ? null : institutionOf([institution.value]);
  const level = degreeName === null ? null : (levelOfDegree(degreeName) ?? readThesisNote(degreeName)?.level ?? null);
  return {
    level: level ?? free?.level ?? null,
    degreeName: degreeName ?? free?.degreeName ?? null,
    discipline: free?.discipline ?? null,
    grantor: named?.grantor ?? free?.grantor ?? null,
    department: named?.department ?? free?.department ?? null,
    date: year == null ? (free?.date ?? null) : withoutIsbd(year.value),
    from: [text, degree, institution, year].filter((node) => node != null),
  };
}

function fromText(node: MarcNode): ThesisStatement {
  const [head = "", ...tail] = withoutIsbd(node.value).split(DIVIDER);
  const inBrackets = /\(([^)]+)\)/.exec(head)?.[1] ?? null;
  const note = readThesisNote(head.replace(/[()]/g, " ").replace(/\s+/g, " ").trim());
  const bracketLevel = inBrackets === null ? null : levelOfDegree(inBrackets);
  const { grantor, department } = institutionOf(tail);
  return {
    level: note?.level ?? bracketLevel ?? levelOfDegree(head),
    degreeName: note?.degreeName ?? (bracketLevel === null ? null : inBrackets),
    discipline: note?.discipline ?? null,
    grantor,
    department,
    date: node.value.match(YEAR)?.at(-1) ?? null,
    from: [node],
  };
}

/** "Khoa Luật, ĐHQGHN, 2015": the body that grants degrees, the department before it; a single name is the grantor. */
function institutionOf(texts: readonly string[]): Pick<ThesisStatement, "grantor" | "department"> {
  const parts = texts
    .flatMap((text) => text.split(/\s*[,;]\s*/))
    .map((part) => withoutIsbd(part.replace(YEAR, "").replace(/[()[\]]/g, "")))
    .filter((part) => part !== "");
  const department = parts.find((part) => DEPARTMENT.test(part) && parts.length > 1) ?? null;
  const others = parts.filter((part) => part !== department);
  return { grantor: others.find(grantsDegrees) ?? (others.length === 1 ? (others[0] ?? null) : null), department };
}

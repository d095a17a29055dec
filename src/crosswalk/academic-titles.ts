/** A row of `academic-titles.tsv`; `strip` is `no` where the word belongs to the name. */
export interface AcademicTitleRow {
  readonly form: string;
  readonly strip: string;
  /** Where it is not empty, the form is a name too and goes only before a full name or with its full stop. */
  readonly caution: string;
}

/** Takes titles off a name, before it and after a final comma, and says whether there were any. */
export type TitleStripper = (name: string) => { readonly name: string; readonly stripped: boolean };

/** Makes a stripper of the rows. `startsWithFamily` tells names from titles where a word can be both. */
export function titleStripper(
  rows: readonly AcademicTitleRow[],
  startsWithFamily: (name: string) => boolean,
): TitleStripper {
  const forms = rows.filter((row) => row.strip === "yes").sort((a, b) => b.form.length - a.form.length);
  const [doubtful, sure] = [forms.filter((row) => row.caution !== ""), forms.filter((row) => row.caution === "")];
  const before = new RegExp(`^(?:(${patternOf(sure)})|${patternOf(doubtful)})(\\.,? *|, *| +|$)`, "iu");
  const after = new RegExp(`, *(?:(?:${patternOf(sure)})(?:\\.,? *|, *| +|$))+$`, "iu");

  const withoutFirst = (name: string): string | null => {
    const match = before.exec(name);
    if (match === null) return null;
    const rest = name.slice(match[0].length);
    const safe = match[1] !== undefined || match[2]?.startsWith(".") === true;
    return safe || (startsWithFamily(rest) && rest.split(" ").length >= 3) ? rest : null;
  };

  return (name) => {
    let rest = name.includes(",") ? name.replace(after, "") : name;
    for (let next = withoutFirst(rest); next !== null && next !== ""; next = withoutFirst(rest)) rest = next;
    return { name: rest, stripped: rest !== name };
  };
}

/** Inside a form the full stops are needed ("M.A." must not meet "Ma Văn Kháng"), blanks between its parts are free. */
function patternOf(rows: readonly AcademicTitleRow[]): string {
  const patterns = rows.map((row) =>
    row.form
      .normalize("NFC")
      .replace(/\.$/, "")
      .split(/(\. ?| )/)
      .map((part) => (part.startsWith(".") ? "\\. *" : part === " " ? " +" : part))
      .join(""),
  );
  return `(?:${patterns.join("|")})`;
}

import type { Note } from "../../../src/crosswalk/crosswalk.ts";
import type { MarcNode, MarcSource, MarcSourceField } from "../../../src/crosswalk/marc-source.ts";
import type { Mapped } from "../../../src/crosswalk/source.ts";
import { languages } from "../../tables.ts";
import { type FieldReader, type Item, unique } from "./field.ts";
import { finalMark, withoutIsbd } from "./isbd.ts";
import { isPlaceholder } from "./placeholders.ts";
import { isDegreeNote } from "./thesis-note.ts";

type Title = Item<"titles">;

/** A title with its parts joined as ISBD prints them, and the parallel title that `$b` may hold. */
interface Statement {
  readonly title: string;
  readonly from: readonly MarcNode[];
  readonly parallel: readonly MarcNode[];
}

/** A part of a title, and the mark of ISBD before it. */
interface Part {
  readonly node: MarcNode;
  readonly text: string;
  readonly mark: string;
}

/** Titles of serials whose `$b` is a qualifier in brackets: "Nature (London)". */
const QUALIFIED: ReadonlySet<string> = new Set(["210", "222"]);

/** LoC MARC 21 130, 210, 222, 240, 242, 243, 245–247, 730, 740: the title and every other form of it, the main one first. */
export const titles: FieldReader<"titles"> = (marc, note) => {
  const [proper, ...wrong] = marc.fields("245");
  const all = [
    ...(proper === undefined ? [] : properTitles(marc, proper, note)),
    ...wrong.flatMap((field) => titled(field, "alternative", note)),
    ...(proper === undefined ? marc.originals("245").flatMap((field) => titled(field, "alternative", note)) : []),
    ...otherTitles(marc, note),
  ];
  return unique(withMain(all), ({ value }) => value.value.toLowerCase());
};

/** 245, its parallel title, and its forms in the original script (880). */
function properTitles(marc: MarcSource, field: MarcSourceField, note: Note): readonly Mapped<Title>[] {
  const statement = readStatement(field, note);
  field.drop("cfghks");
  const main = statement.title === "" ? [] : [mappedTitle(statement.title, "main", statement.from)];
  const parallel = statement.parallel.map((node) => mappedTitle(bare(node), "translated", [node]));
  const originals = marc.linkedTo(field).flatMap((original) => titled(original, "alternative", note));
  return [...main, ...parallel, ...originals];
}

function otherTitles(marc: MarcSource, note: Note): readonly Mapped<Title>[] {
  return marc.fields("130", "210", "222", "240", "242", "243", "246", "247", "730", "740").flatMap((field) => {
    const analytical = (field.tag === "730" || field.tag === "740") && field.indicator2 === "2";
    if (analytical) return [];
    const translated = field.tag === "242" || (field.tag === "246" && field.indicator2 === "1");
    const found = titled(field, translated ? "translated" : "alternative", note, languageOf(field));
    const originals = marc.linkedTo(field).flatMap((original) => titled(original, "alternative", note));
    return [...found, ...originals];
  });
}

/** LoC MARC 21 242 $y: the language of a translation that the cataloguer made. */
function languageOf(field: MarcSourceField): string | undefined {
  const node = field.tag === "242" ? field.first("y") : null;
  const row = node === null ? null : languages.find(node.value);
  return row === null ? undefined : row.iso639_1 || row.iso639_3;
}

function titled(field: MarcSourceField, type: Title["type"], note: Note, lang?: string): readonly Mapped<Title>[] {
  const { title, from, parallel } = readStatement(field, note);
  field.drop("cdfghiklmorsuwxy");
  const found = title === "" ? [] : [mappedTitle(title, type, from, lang)];
  return [...found, ...parallel.map((node) => mappedTitle(bare(node), "translated", [node]))];
}

function mappedTitle(value: string, type: Title["type"], from: readonly MarcNode[], lang?: string): Mapped<Title> {
  return { value: lang === undefined ? { value, type } : { value, lang, type }, from };
}

/** Without a 245 that says something the first other title is the main one. */
function withMain(found: readonly Mapped<Title>[]): readonly Mapped<Title>[] {
  const [first, ...rest] = found;
  if (first === undefined || found.some(({ value }) => value.type === "main")) return found;
  return [{ value: { ...first.value, type: "main" }, from: first.from }, ...rest];
}

function readStatement(field: MarcSourceField, note: Note): Statement {
  const parallel: MarcNode[] = [];
  const parts: Part[] = [];
  let mark = "";
  // archives name what they keep by its form alone: "Papers. 1922-1946"
  for (const node of field.all(field.has("a") ? "abnp" : "abfgknps")) {
    const part = { node, text: bare(node), mark: /^[=:;]/.exec(node.value)?.[0] ?? mark };
    mark = finalMark(node.value);
    if (isPlaceholder(part.text)) note("placeholder", { severity: "info", node });
    else if (node.code === "b" && part.mark === "=") parallel.push(node);
    else if (node.code !== "b" || !isDegreeNote(part.text)) parts.push(part);
  }
  return { title: joined(parts, QUALIFIED.has(field.tag)), from: parts.map(({ node }) => node), parallel };
}

function joined(parts: readonly Part[], qualified: boolean): string {
  let title = "";
  let before = "";
  for (const { node, text, mark } of parts) {
    const between = qualified ? " " : glue(title, node.code, before, mark);
    title = title === "" ? text : `${title}${between}${text}`;
    before = node.code;
  }
  return title;
}

/** ISBD(M) area 1: " : " before other title information, ". " before a number or a name of a part, ", " between the two. */
function glue(title: string, code: string, before: string, mark: string): string {
  if (code === "b") return mark === ";" ? " ; " : " : ";
  if (code === "p" && before === "n") return ", ";
  return /[.?!…]$/.test(title) ? " " : ". ";
}

/** The text of a part of a title; the marks of sorting around an article (U+0088, U+0089, U+0098, U+009C) are not text. */
function bare(node: MarcNode): string {
  const text = node.value.replace(/[\u0088\u0089\u0098\u009c]/g, "").replace(/^[=:;/]\s*/, "");
  return withoutIsbd(text);
}

import type { MarcNode, MarcSource, MarcSourceField } from "../../../src/crosswalk/marc-source.ts";
import { withoutIsbd } from "../marc21/isbd.ts";
import { cleanValue, type DcValue } from "../oai-dc/dublin-core.ts";

/** UNIMARC 4XX as DataCite relation types; 461 and 463 name the host, 410 and 225 the series. */
const RELATIONS: Readonly<Record<string, string>> = {
  421: "IsSupplementedBy",
  422: "IsSupplementTo",
  430: "Continues",
  431: "Continues",
  432: "Obsoletes",
  434: "Obsoletes",
  440: "IsContinuedBy",
  442: "IsObsoletedBy",
  444: "IsObsoletedBy",
  451: "IsVariantFormOf",
  452: "IsVariantFormOf",
  453: "IsSourceOf",
  454: "IsDerivedFrom",
  455: "IsDerivedFrom",
  456: "IsSourceOf",
  462: "IsPartOf",
  464: "HasPart",
  470: "Reviews",
  488: "References",
};

/** Titles and numbers of a linked field: standard subfields, or whole fields embedded behind `$1`. */
interface LinkedItem {
  readonly title: MarcNode | null;
  readonly issn: MarcNode | null;
  readonly isbn: MarcNode | null;
  readonly volume: MarcNode | null;
  readonly pages: MarcNode | null;
}

/** The journal or book that the item is a part of: the first of 463 and 461. */
export function hosts(marc: MarcSource): readonly DcValue[] {
  const [field] = [...marc.fields("463"), ...marc.fields("461")];
  if (field === undefined) return [];
  const { title, issn, isbn, volume, pages } = linkedItem(field);
  const parts: readonly (readonly [node: MarcNode | null, part: string])[] = [
    [title, "title"],
    [issn, "issn"],
    [isbn, "isbn"],
    [volume, "volume"],
    [pages, "startPage"],
  ];
  return parts.flatMap(([node, part]) =>
    node === null ? [] : [cleanValue({ text: withoutIsbd(node.value), path: node.path }, null, part)],
  );
}

/** Series of 225, else 410, as "title;number"; the other linked items by ISSN, ISBN or title. */
export function relations(marc: MarcSource): readonly DcValue[] {
  const [statements, linked] = [marc.fields("225"), marc.fields("410")];
  const series = statements.length > 0 ? statements.flatMap(seriesOf) : linked.flatMap(linkedSeries);
  for (const field of statements.length > 0 ? linked : []) field.drop();
  const related = marc.fields(...Object.keys(RELATIONS)).flatMap((field) => {
    const { title, issn, isbn } = linkedItem(field);
    const node = issn ?? isbn ?? title;
    if (node === null) return [];
    const introduction = node === issn ? "ISSN " : node === isbn ? "ISBN " : "";
    const text = `${introduction}${withoutIsbd(node.value)}`;
    return [cleanValue({ text, path: node.path }, null, RELATIONS[field.tag] ?? "References")];
  });
  return [...series, ...related];
}

function seriesOf(field: MarcSourceField): readonly DcValue[] {
  const titleNodes = field.all("aehi");
  const number = field.first("v");
  field.drop("dfxyz");
  const [first] = titleNodes;
  if (first === undefined) return [];
  const title = titleNodes.map(({ value }) => withoutIsbd(value)).join(". ");
  return [seriesValue(first, title, number)];
}

function linkedSeries(field: MarcSourceField): readonly DcValue[] {
  const { title, volume } = linkedItem(field);
  return title === null ? [] : [seriesValue(title, withoutIsbd(title.value), volume)];
}

function seriesValue(first: MarcNode, title: string, number: MarcNode | null): DcValue {
  const text = number === null ? title : `${title};${withoutIsbd(number.value)}`;
  return cleanValue({ text, path: first.path }, null, "series");
}

function linkedItem(field: MarcSourceField): LinkedItem {
  const embedded = embeddedIn(field);
  const own = (code: string) => (embedded === null ? field.first(code) : null);
  const item = {
    title: own("t") ?? embedded?.("200", "a") ?? null,
    issn: own("x") ?? embedded?.("011", "a") ?? null,
    isbn: own("y") ?? embedded?.("010", "a") ?? null,
    volume: own("v") ?? embedded?.("200", "v") ?? null,
    pages: own("p") ?? null,
  };
  field.drop();
  return item;
}

/** Behind `$1` stands tag and indicators ("2001 ") of a field whose subfields follow; `null` where the technique is not used. */
function embeddedIn(field: MarcSourceField): ((tag: string, code: string) => MarcNode | null) | null {
  if (!field.subfields.some(({ code, text }) => code === "1" && /^\d{3}/.test(text))) return null;
  return (tag, code) => {
    let current = "";
    for (const node of field.subfields) {
      if (node.code === "1") current = node.text.slice(0, 3);
      else if (current === tag && node.code === code && node.value !== "") return node;
    }
    return null;
  };
}

import fc from "fast-check";
import { expect, test } from "vitest";
import { marc21Out, marcOf } from "../../mappings/outgoing/marc21/crosswalk.ts";
import { codedDates, displayedDate } from "../../mappings/outgoing/marc21/dates.ts";
import { readIso2709, writeIso2709 } from "../../src/marc/iso2709.ts";
import { isDataField, type MarcRecord } from "../../src/marc/record.ts";
import { EMPTY_RECORD, type StoredRecord } from "../../src/record/common-record.ts";
import { hasPerlModule, isInstalled, PROGRAM_ABSENT, runOver } from "../marc/programs.ts";
import { anyCommonRecord, maximalRecord, outgoingExamples, published } from "./outgoing-support.ts";

const noYaz = !isInstalled("yaz-marcdump");
const noPerl = !hasPerlModule("MARC::File::XML");
const examples = outgoingExamples("marc21");

const marc = (record: StoredRecord): MarcRecord => marcOf(published(record));

/** A field as cataloguers write it down: `245 10 $a … $b …`. */
function linesOf(record: MarcRecord, tag: string): string[] {
  return record.fields
    .filter((field) => field.tag === tag)
    .map((field) =>
      isDataField(field)
        ? `${field.indicator1}${field.indicator2} ${field.subfields.map(({ code, value }) => `$${code} ${value}`).join(" ")}`
        : field.value,
    );
}

const coar = (id: string): StoredRecord => ({
  resourceType: { uri: `http://purl.org/coar/resource_type/${id}`, label: {}, general: "other", raw: "x" },
});

// LoC MARC 21, 008/06-14
test.each([
  ["2019", false, "s2019    "],
  ["2019-05-12", false, "s2019    "],
  ["1987~", false, "s1987    "],
  ["198X", false, "q19801989"],
  ["19XX", false, "q19001999"],
  ["2001/2003", false, "m20012003"],
  ["2001/..", false, "m20019999"],
  ["2001/..", true, "c20019999"],
  ["2001/2010", true, "d20012010"],
  ["2001", true, "u2001uuuu"],
  ["", false, "nuuuuuuuu"],
  ["-0050", false, "nuuuuuuuu"],
  [null, true, "uuuuuuuuu"],
] as const)("008 codes the date %s (serial: %s) as %j", (edtf, isSerial, coded) => {
  expect(codedDates(edtf, isSerial)).toBe(coded);
});

test.each([
  ["2019", "2019"],
  ["2019-05", "2019-05"],
  ["1987?", "[1987?]"],
  ["1987~", "[khoảng 1987]"],
  ["1987%", "[khoảng 1987?]"],
  ["198X", "[198-?]"],
  ["19XX", "[19--?]"],
  ["2001/2003", "2001-2003"],
  ["2001/..", "2001-"],
])("264 writes the date %s as %s", (edtf, displayed) => {
  expect(displayedDate(edtf)).toBe(displayed);
});

// LoC MARC 21, Leader/06-07, RDA content types
test.each([
  ["c_db06", "am", "text"],
  ["c_6501", "aa", "text"],
  ["c_3248", "aa", "text"],
  ["c_0640", "as", "text"],
  ["c_0040", "tm", "text"],
  ["c_12cd", "em", "cartographic image"],
  ["c_18cw", "cm", "notated music"],
  ["c_18cc", "im", "sounds"],
  ["c_12ce", "gm", "two-dimensional moving image"],
  ["c_ecc8", "km", "still image"],
  ["c_ddb1", "mm", "computer dataset"],
  ["c_5ce6", "mm", "computer program"],
  ["YC9F-HGCF", "pc", "other"],
  ["c_0000", "am", "text"],
])("the COAR type %s is leader/06-07 %s with the content type %s", (id, typeAndLevel, content) => {
  const record = marc(coar(id));
  expect(record.leader.slice(6, 8)).toBe(typeAndLevel);
  expect(linesOf(record, "336")[0]).toContain(`$a ${content} `);
});

test("leader and 008 have the lengths of the format, whatever the record holds", () => {
  fc.assert(
    fc.property(anyCommonRecord, (record) => {
      const { leader, fields } = marcOf(published(record));
      expect(leader).toMatch(/^00000n[a-z][a-z] a22000007i 4500$/);
      const general = fields.find(({ tag }) => tag === "008");
      expect(general).toHaveProperty("value", expect.stringMatching(/^261124[a-z][\du]{4}[\du ]{4}.{20}[a-z]{3} d$/));
      const tags = fields.map(({ tag }) => tag);
      expect(tags).toEqual([...tags].sort());
    }),
  );
});

// a record about theses: nature of contents m; online: form of item o
test("008 of a thesis says that it is one, and online only where there is an address", () => {
  const general = (record: StoredRecord) => linesOf(marc({ ...coar("c_bdcc"), ...record }), "008")[0]?.slice(23, 28);
  expect(general({ landingPage: "https://kho.edu.vn/1" })).toBe("om   ");
  expect(general({})).toBe(" m   ");
  expect(general({ landingPage: "http://10.0.0.1/1" })).toBe(" m   ");
});

test.each([
  [{ languages: ["vie"] }, "vm ", "vie"],
  [{ languages: ["fra"] }, "xx ", "fre"],
  [{ languages: ["eng"], publishers: [{ name: "Trẻ", place: "TP. Hồ Chí Minh" }] }, "vm ", "eng"],
  [{ languages: ["eng"], publishers: [{ name: "Brill", place: "Leiden" }] }, "xx ", "eng"],
  [{ thesis: { defencePlace: "Hà Nội" } }, "vm ", "und"],
  [{ languages: ["cjm"] }, "xx ", "mis"],
  [{}, "xx ", "und"],
])("008 of %j has the place %j and the language %s", (record, place, language) => {
  const general = linesOf(marc(record), "008")[0];
  expect([general?.slice(15, 18), general?.slice(35, 38)]).toEqual([place, language]);
});

test("a language without a MARC code stands in 041 by ISO 639-3, beside those that have one", () => {
  expect(linesOf(marc({ languages: ["vie", "cjm", "fra"] }), "041")).toEqual([
    "   $a vie $a fre",
    " 7 $a cjm $2 iso639-3",
  ]);
  expect(linesOf(marc({ languages: ["vie"] }), "041")).toEqual([]);
});

test("an undivided name stays in direct order, a divided one is a heading, an unknown one is uncontrolled", () => {
  const record = marc({
    creators: [
      { name: "Nguyễn Văn A", nameType: "personal" },
      { name: "J. Smith", nameType: "personal", family: "Smith", given: "J." },
      { name: "Viện X", nameType: "organizational" },
      { name: "X. Y.", nameType: "unknown", role: "xyz" },
    ],
  });
  expect(linesOf(record, "100")).toEqual(["0  $a Nguyễn Văn A, $e author $4 aut"]);
  expect(linesOf(record, "700")).toEqual(["1  $a Smith, J., $e author $4 aut"]);
  expect(linesOf(record, "710")).toEqual(["2  $a Viện X, $e author $4 aut"]);
  expect(linesOf(record, "720")).toEqual(["   $a X. Y. $4 xyz"]);
});

test("identifiers of a person go into $1, and what is no address of one into $0", () => {
  const identifiers = [
    { scheme: "ISNI", value: "0000 0001 2150 090X" },
    { scheme: "VIAF", value: "https://viaf.org/viaf/1" },
    { scheme: "other", value: "TG01" },
  ] as const;
  const record = marc({ creators: [{ name: "A", nameType: "personal", identifiers }] });
  expect(linesOf(record, "100")[0]).toContain(
    "$1 https://isni.org/isni/000000012150090X $1 https://viaf.org/viaf/1 $0 TG01",
  );
});

test("numbers with a wrong check digit go where MARC keeps such numbers", () => {
  const record = marc({
    alternateIdentifiers: [
      { value: "1", scheme: "ISSN", invalid: true },
      { value: "1859-2333", scheme: "ISSN" },
      { value: "10.1/x", scheme: "DOI", invalid: true },
      { value: "979-0-2600-0043-8", scheme: "ISMN" },
      { value: "BC-01", scheme: "report" },
      { value: "oai:a:1", scheme: "OAI" },
      { value: "http//x", scheme: "URL", invalid: true },
    ],
  });
  expect(linesOf(record, "022")).toEqual(["   $y 1", "   $a 1859-2333"]);
  expect(linesOf(record, "024")).toEqual(["7  $z 10.1/x $2 doi", "2  $a 979-0-2600-0043-8", "8  $z http//x"]);
  expect(linesOf(record, "088")).toEqual(["   $a BC-01"]);
  expect(linesOf(record, "035")).toEqual(["   $a oai:a:1", "   $a (kho)oai:kho.edu.vn:1"]);
  expect(linesOf(record, "856")).toEqual([]);
});

test("class numbers stand in the field of their scheme, and headings under their thesaurus", () => {
  const schemes = ["LCC", "NLM", "UDC", "DDC", "BBK", "LCSH", "MeSH", "local", "keyword"] as const;
  const record = marc({ subjects: schemes.map((scheme) => ({ value: scheme, scheme })) });
  expect(["050", "060", "080", "082", "084", "650", "653"].map((tag) => linesOf(record, tag))).toEqual([
    [" 4 $a LCC"],
    [" 4 $a NLM"],
    ["   $a UDC"],
    ["04 $a DDC"],
    ["   $a BBK $2 rubbk"],
    [" 0 $a LCSH", " 2 $a MeSH", " 4 $a local"],
    ["   $a keyword"],
  ]);
});

test("a thesis note is 502 $a only where the parts are not known", () => {
  const descriptions = [{ value: "Luận văn ThS", type: "thesisNote" as const }];
  const unknown = marc({ descriptions });
  expect([linesOf(unknown, "502"), linesOf(unknown, "500")]).toEqual([["   $a Luận văn ThS"], []]);
  const known = marc({ descriptions, thesis: { level: "master", defenceDate: "2015-01-02" } });
  expect([linesOf(known, "502"), linesOf(known, "500")]).toEqual([["   $b Thạc sĩ $d 2015"], ["   $a Luận văn ThS"]]);
});

test("a note that is too long for ISO 2709 becomes several, cut at blanks, with no word lost", () => {
  const words = Array.from({ length: 4_000 }, (_, index) => `từ${index}`).join(" ");
  const record = marc({ descriptions: [{ value: words, type: "abstract" }] });
  const parts = record.fields.flatMap((field) =>
    field.tag === "520" && isDataField(field) ? field.subfields.map(({ value }) => value) : [],
  );
  expect(parts.length).toBeGreaterThan(1);
  expect(parts.join(" ")).toBe(words);
  expect(readIso2709(writeIso2709(record)).problems).toEqual([]);
});

test("a long text without a blank is cut between characters", () => {
  const record = marc({ descriptions: [{ value: `x${"😀".repeat(3_000)}`, type: "note" }] });
  const parts = linesOf(record, "500").map((line) => line.slice("   $a ".length));
  expect(parts.length).toBeGreaterThan(1);
  expect(parts.join("")).toBe(`x${"😀".repeat(3_000)}`);
  expect(readIso2709(writeIso2709(record)).record.fields).toEqual(record.fields);
});

// LoC MARC 21, 245 second indicator
test.each([
  ["The effect of salt", "eng", "04"],
  ["An effect", "eng", "03"],
  ["A", "eng", "00"],
  ["An Giang ngày mới", "vie", "00"],
])("the title %s in %s has the indicators %s", (value, lang, indicators) => {
  expect(linesOf(marc({ titles: [{ value, lang, type: "main" }] }), "245")[0]?.slice(0, 2)).toBe(indicators);
});

test("an address that is a file as well is written once, with what is known of the file", () => {
  const url = "https://kho.edu.vn/1.pdf";
  expect(linesOf(marc({ landingPage: url, files: [{ url, mediaType: "application/pdf" }] }), "856")).toEqual([
    `40 $u ${url} $q application/pdf`,
  ]);
});

test("a relation without a linking entry of its own is a 787 that names it", () => {
  const relations = [
    { type: "HasPart", target: { value: "978-0", scheme: "ISBN" } },
    { type: "IsCitedBy", target: { value: "1859-2333", scheme: "ISSN" }, label: "Tạp chí" },
  ];
  const record = marc({ relations });
  expect([linesOf(record, "774"), linesOf(record, "787")]).toEqual([
    ["0  $z 978-0"],
    ["0  $i IsCitedBy: $t Tạp chí $x 1859-2333"],
  ]);
});

const judged = [...examples.map((example) => example.published), published(maximalRecord()), published(EMPTY_RECORD)];
const collection = `<collection>${judged.map((record) => marc21Out.write(record)).join("\n")}</collection>`;

test.skipIf(noYaz)("yaz-marcdump makes of our MARCXML what we mean", () => {
  const inNamespace = collection.replace("<collection>", '<collection xmlns="http://www.loc.gov/MARC21/slim">');
  const { stdout } = runOver(inNamespace, "yaz-marcdump", ["-i", "marcxml", "-o", "marc", "{}"]);
  expect(stdout.toString("utf8")).toBe(
    judged.map((record) => Buffer.from(writeIso2709(asWritten(marcOf(record)))).toString("utf8")).join(""),
  );
});

test.skipIf(noPerl)("Perl's MARC::Record reads as many fields as we wrote, and the same titles", () => {
  const program = `
    binmode STDOUT, ":utf8";
    my $batch = MARC::Batch->new("XML", $ARGV[0]);
    while (my $record = $batch->next) {
      print join("|", scalar($record->fields), length($record->leader), $record->title // ""), "\\n";
    }`;
  const args = ["-MMARC::Batch", "-MMARC::File::XML=BinaryEncoding,utf8,RecordFormat,MARC21", "-e", program, "{}"];
  const { stdout } = runOver(collection, "perl", args);
  const expected = judged.map(marcOf).map((record) => {
    const title = linesOf(record, "245")
      .join("")
      .replace(/^.. \$a /, "")
      .replace(/ \$[a-z] /g, " ");
    return `${record.fields.length}|24|${title}`;
  });
  expect(stdout.toString("utf8").trim().split("\n")).toEqual(expected);
});

test.skipIf(!noYaz && !noPerl)(PROGRAM_ABSENT, () => {});

/** XML cannot carry control characters; they arrive as U+FFFD. */
function asWritten(record: MarcRecord): MarcRecord {
  return JSON.parse(JSON.stringify(record).replaceAll("\\u0007", "\ufffd")) as MarcRecord;
}

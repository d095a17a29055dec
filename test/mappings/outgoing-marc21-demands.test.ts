import { describe, expect, test } from "vitest";
import { marc21 } from "../../mappings/incoming/marc21/crosswalk.ts";
import { incomingCrosswalks } from "../../mappings/index.ts";
import { marc21Out, marcOf } from "../../mappings/outgoing/marc21/crosswalk.ts";
import { publicationDate } from "../../mappings/outgoing/marc21/dates.ts";
import { applyCrosswalk, mapSource } from "../../src/crosswalk/apply.ts";
import { MarcSource } from "../../src/crosswalk/marc-source.ts";
import type { PublishedRecord } from "../../src/crosswalk/outgoing.ts";
import { sampleRepositories } from "../../src/demo/sample-repositories.ts";
import { writeIso2709 } from "../../src/marc/iso2709.ts";
import { isDataField, type MarcRecord } from "../../src/marc/record.ts";
import type { StoredRecord } from "../../src/record/common-record.ts";
import { parseXml } from "../../src/xml/parse.ts";
import { hasPerlModule, isInstalled, PROGRAM_ABSENT, runOver } from "../marc/programs.ts";
import { published } from "./outgoing-support.ts";

const noYaz = !isInstalled("yaz-marcdump");
const noPerl = !hasPerlModule("MARC::Batch");

/** A record as cataloguers write it down: `245 10 $a … $b …`, `008 …`. */
function lines({ fields }: MarcRecord): readonly string[] {
  return fields.map((field) => {
    if (!isDataField(field)) return `${field.tag} ${field.value}`;
    const subfields = field.subfields.map(({ code, value }) => `$${code} ${value}`);
    return `${field.tag} ${field.indicator1}${field.indicator2} ${subfields.join(" ")}`;
  });
}

const linesOf = (record: StoredRecord, tags: string) =>
  lines(marcOf(published(record))).filter((line) => tags.includes(line.slice(0, 3)));

// design 8.5 and LoC MARC 21 Bibliographic: what a Vietnamese library system wants to see of a master's thesis
test("a thesis has everything that the National Library consumes", () => {
  const record: StoredRecord = {
    identifier: { value: "11172/99", scheme: "Handle" },
    landingPage: "https://kho.edu.vn/handle/11172/99",
    titles: [{ value: "Đất và người : khảo luận", lang: "vi", type: "main" }],
    creators: [{ name: "Nguyễn Văn An", nameType: "personal" }],
    contributors: [{ name: "Trần Thị Bình", nameType: "personal", role: "ths" }],
    publishers: [{ name: "Đại học Huế", place: "Huế" }],
    issued: { value: "2015", raw: "2015", precision: "year" },
    resourceType: {
      uri: "http://purl.org/coar/resource_type/c_bdcc",
      label: { en: "master thesis" },
      general: "literature",
      raw: "master thesis",
    },
    languages: ["vie"],
    subjects: [{ value: "nông nghiệp", scheme: "keyword" }],
    files: [{ url: "https://kho.edu.vn/99.pdf", mediaType: "application/pdf", label: "Toàn văn", sizeBytes: 123 }],
    thesis: {
      level: "master",
      degreeName: "Thạc sĩ",
      grantor: { name: "Đại học Huế" },
      discipline: { label: "Khoa học đất", code: "8620103" },
      defenceDate: "2014-12-30",
    },
  };
  expect(lines(marcOf(published(record)))).toEqual([
    "001 kho/1",
    "003 lienthong.vn",
    "005 20261124123005.0",
    // entered, s and the year, Vietnam, 008/23 online, 008/24 thesis, Vietnamese, other source
    "008 261124s2015    vm |||||om   |||| ||vie d",
    "024 7  $a 11172/99 $2 hdl",
    "035    $a (kho)oai:kho.edu.vn:1",
    "040    $a kho $b vie $c lienthong",
    "100 0  $a Nguyễn Văn An, $e author $4 aut",
    "245 10 $a Đất và người : $b khảo luận / $c Nguyễn Văn An ; người hướng dẫn: Trần Thị Bình",
    "264  1 $a Huế : $b Đại học Huế, $c 2015",
    "336    $a text $b txt $2 rdacontent",
    "337    $a computer $b c $2 rdamedia",
    "338    $a online resource $b cr $2 rdacarrier",
    "502    $b Thạc sĩ $c Đại học Huế $d 2014 $g Chuyên ngành: Khoa học đất (8620103)",
    "653    $a nông nghiệp",
    "655  7 $a master thesis $0 http://purl.org/coar/resource_type/c_bdcc $2 coar",
    "700 0  $a Trần Thị Bình, $e thesis advisor $4 ths",
    "710 2  $a Đại học Huế, $e degree granting institution $4 dgg",
    "856 40 $u https://kho.edu.vn/handle/11172/99",
    "856 40 $u https://hdl.handle.net/11172/99",
    "856 40 $u https://kho.edu.vn/99.pdf $q application/pdf $s 123 bytes $y Toàn văn",
  ]);
});

// LoC MARC 21, 245: first indicator 0 without a 1XX, second the length of the article that is not filed
test.each([
  [{ titles: [{ value: "The rice", type: "main" }], languages: ["eng"] }, "245 04 $a The rice"],
  [{ titles: [{ value: "The rice", lang: "en", type: "main" }], languages: ["vie"] }, "245 04 $a The rice"],
  [{ titles: [{ value: "The rice", type: "main" }], languages: ["eng", "vie"] }, "245 00 $a The rice"],
  [{ titles: [{ value: "A Pa Chải", type: "main" }], languages: ["vie"] }, "245 00 $a A Pa Chải"],
  [
    {
      titles: [{ value: "An apple", type: "main" }],
      languages: ["eng"],
      creators: [{ name: "X", nameType: "personal" }],
    },
    "245 13 $a An apple / $c X",
  ],
  [
    {
      titles: [
        { value: "Rice : a history", type: "main" },
        { value: "with maps", type: "subtitle" },
      ],
    },
    "245 00 $a Rice : $b a history : with maps",
  ],
  [{ titles: [{ value: "Rice: a history", type: "main" }] }, "245 00 $a Rice: a history"],
] as const)("the title of %j is %s", (record, line) => {
  expect(linesOf(record as StoredRecord, "245")).toEqual([line]);
});

// design 8.5: parallel script in 880 beside the Hán-Việt reading; LoC MARC 21, Appendix A: $1 is the script CJK
test("a title in Han characters stands in 880, linked to the reading", () => {
  const titles = [
    { value: "Đại Việt sử ký toàn thư", lang: "vi", type: "main" },
    { value: "大越史記全書", type: "alternative" },
    { value: "大越史記", type: "alternative" },
  ] as const;
  const record: StoredRecord = { titles, creators: [{ name: "Ngô Sĩ Liên", nameType: "personal" }] };
  expect(linesOf(record, "245 246 880")).toEqual([
    "245 10 $6 880-01 $a Đại Việt sử ký toàn thư / $c Ngô Sĩ Liên",
    "246 3  $a 大越史記",
    "880 10 $6 245-01/$1 $a 大越史記全書",
  ]);
  const again = mapSource(marc21, new MarcSource(marcOf(published(record))), {
    identifier: "oai:kho.edu.vn:1",
    defaultAccessRights: null,
  });
  expect(again.record.titles.map(({ value, type }) => `${type} ${value}`)).toEqual([
    "main Đại Việt sử ký toàn thư",
    "alternative 大越史記全書",
    "alternative 大越史記",
  ]);
});

test("a title in Han characters alone is the title", () => {
  const titles = [
    { value: "大越史記全書", type: "main" },
    { value: "大越史記", type: "alternative" },
  ] as const;
  expect(linesOf({ titles }, "245 246 880")).toEqual(["245 00 $a 大越史記全書", "246 3  $a 大越史記"]);
});

// design 8.5: reign date with converted year
test.each([
  ["1830", "Minh Mệnh thứ 11", "Minh Mệnh thứ 11 [1830]"],
  ["1878", "Tự Đức 31 (1878)", "Tự Đức 31 [1878]"],
  ["1878", "Tự Đức 31 [1878]", "Tự Đức 31 [1878]"],
  ["1820?", "Minh Mạng 1", "Minh Mạng 1 [1820?]"],
  ["2015", "Huế, 2015", "2015"],
  ["2019-05-12", "12/05/2019", "2019-05-12"],
])("264 writes the date %s, printed %s, as %s", (value, raw, displayed) => {
  expect(publicationDate({ value, raw })).toBe(displayed);
});

// LoC MARC 21, 008/15-17, 35-37: place and language
test.each([
  [{ languages: ["vie"] }, "vm ", "vie"],
  [{ languages: ["eng"], publishers: [{ name: "Y học", place: "Hà Nội" }] }, "vm ", "eng"],
  [{}, "xx ", "und"],
])("008 is there and has forty characters: %j", (record, place, language) => {
  const [general = ""] = linesOf(record as StoredRecord, "008");
  expect(general.slice(4)).toHaveLength(40);
  expect([general.slice(19, 22), general.slice(39, 42)]).toEqual([place, language]);
});

test("a class number of a scheme that nobody named stands in 084, a heading in 650 with its subdivisions", () => {
  const subjects = [
    { value: "85", scheme: "local" },
    { value: "Lúa--Việt Nam--1945-1975", scheme: "local" },
    { value: "Doe, John, 1955---Biography", scheme: "LCSH" },
  ] as const;
  expect(linesOf({ subjects }, "084 650")).toEqual([
    "084    $a 85",
    "650  4 $a Lúa $x Việt Nam $x 1945-1975",
    "650  0 $a Doe, John, 1955- $x Biography",
  ]);
});

test("what MARC coded and the source never said is no genre", () => {
  const uri = "http://purl.org/coar/resource_type/c_2f33";
  const type = { uri, label: { en: "book" }, general: "literature" } as const;
  const coded = linesOf({ resourceType: { ...type, raw: "leader/06-07: am" } }, "655");
  expect(coded).toEqual([`655  7 $a book $0 ${uri} $2 coar`]);
  expect(linesOf({ resourceType: { ...type, raw: "Sách" } }, "655")).toEqual([...coded, "655  4 $a Sách"]);
});

/** Every item of the demonstration in every format that we read, as our feed would publish it. */
function demoRecords(): readonly PublishedRecord[] {
  return sampleRepositories().flatMap(({ items }, index) =>
    items.flatMap(({ identifier, metadata }) =>
      Object.values(metadata).flatMap((xml) => {
        const element = parseXml(xml);
        const crosswalk = incomingCrosswalks.find(({ namespaces }) => namespaces.includes(element.namespace));
        if (crosswalk === undefined) return [];
        const { record } = applyCrosswalk(crosswalk, element, { identifier, defaultAccessRights: null });
        const oaiIdentifier = `oai:lienthong.vn:mau-${index}/${identifier}`;
        const source = { repositoryCode: `mau-${index}`, repositoryName: "Kho mẫu", identifier };
        return [{ oaiIdentifier, datestamp: new Date("2026-11-24T12:30:05Z"), source, record }];
      }),
    ),
  );
}

describe("every record of the demonstration", () => {
  const records = demoRecords();
  const marcs = records.map(marcOf);
  const collection = `<collection xmlns="http://www.loc.gov/MARC21/slim">${records.map((one) => marc21Out.write(one)).join("\n")}</collection>`;
  const titles = marcs.map((one) =>
    lines(one)
      .find((line) => line.startsWith("245"))
      ?.slice(7),
  );

  test("there are enough of them, of three kinds of software", () => {
    expect(records.length).toBeGreaterThan(300);
    expect(new Set(records.map(({ source }) => source.repositoryCode)).size).toBe(3);
  });

  test("has 008, 035, 040, 245, 264 and 336 to 338, theses 502, and 856 where there is an address", () => {
    for (const [index, one] of marcs.entries()) {
      const tags = new Set(one.fields.map(({ tag }) => tag));
      const { record } = records[index] ?? {};
      const wanted = ["008", "035", "040", "245", "264", "336", "337", "338"];
      if (record?.thesis != null) wanted.push("502");
      if (record?.landingPage != null) wanted.push("856");
      expect(
        wanted.filter((tag) => !tags.has(tag)),
        `${record?.titles[0]?.value}`,
      ).toEqual([]);
    }
  });

  test.skipIf(noYaz)("is read by yaz-marcdump as MARCXML and as ISO 2709, with the same title", () => {
    const fromXml = runOver(collection, "yaz-marcdump", ["-i", "marcxml", "-o", "line", "{}"]);
    const fromIso = runOver(Buffer.concat(marcs.map(writeIso2709)), "yaz-marcdump", ["{}"]);
    for (const { status, complaints, stdout } of [fromXml, fromIso]) {
      expect([status, complaints]).toEqual([0, ""]);
      const read = stdout.toString("utf8").match(/^245 .*$/gm) ?? [];
      expect(read.map((line) => line.slice(7))).toEqual(titles);
    }
  });

  test.skipIf(noPerl)("is read by Perl's MARC::Record without a warning, with the same title", () => {
    const program = `
      binmode STDOUT, ":utf8";
      my $batch = MARC::Batch->new("USMARC", $ARGV[0]);
      $batch->strict_off;
      while (my $record = $batch->next) {
        my $title = $record->field("245");
        print join("", map { "\\$$_->[0] $_->[1] " } $title->subfields), "\\n";
        print STDERR "$_\\n" for $record->warnings;
      }
      print STDERR "$_\\n" for $batch->warnings;`;
    const bytes = Buffer.concat(marcs.map(writeIso2709));
    const { stdout, complaints } = runOver(bytes, "perl", ["-MMARC::Batch", "-e", program, "{}"]);
    expect(complaints).toBe("");
    expect(
      stdout
        .toString("utf8")
        .trimEnd()
        .split("\n")
        .map((line) => line.trimEnd()),
    ).toEqual(titles);
  });
});

test.skipIf(!noYaz && !noPerl)(PROGRAM_ABSENT, () => {});

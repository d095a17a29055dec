import { writeCatalogueDublinCore } from "./catalogue-dublin-core.ts";
import { type CatalogueEntry, completeRecord, LIBRARY } from "./catalogue-record.ts";
import { catalogueThesis } from "./catalogued-theses.ts";
import { composeEntry } from "./composed-books.ts";
import { readMarcFields, subfieldValues, writeMarcXml } from "./marc-notation.ts";
import { MARCXML_FORMAT, OAI_DC_FORMAT, type SampleItem, type SampleRepository } from "./sample-repository.ts";
import { seededChoice } from "./seeded-choice.ts";
import { WRITTEN_BOOKS } from "./written-books.ts";
import { WRITTEN_THESES } from "./written-theses.ts";

const ITEM_COUNT = 120;
const FIRST_NUMBER = 1001;
/** Places, among the composed entries, of the copies weeded out since. */
const WITHDRAWN: ReadonlySet<number> = new Set([33, 58, 72, 99, 117]);
/** Theses the library holds in print as well: with the same works in the university's repository, they form clusters. */
const ALSO_IN_PRINT: ReadonlySet<number> = new Set([0, 2, 6, 7, 11, 13, 16]);
const DAY_MS = 86_400_000;

/** A public library's Koha: MARC 21 and Dublin Core, days instead of seconds, deletions that are forgotten. */
export function catalogueRepository(): SampleRepository {
  return {
    path: "/danh-muc/cgi-bin/koha/oai.pl",
    name: `Mục lục ${LIBRARY}`,
    adminEmail: "bienmuc@thuvien.example.vn",
    granularity: "YYYY-MM-DD",
    deletedRecord: "transient",
    pageSize: 20,
    formats: [MARCXML_FORMAT, OAI_DC_FORMAT],
    sets: [
      { spec: "SACH", name: "Sách" },
      { spec: "LUANAN", name: "Luận án, luận văn" },
      { spec: "DIACHI", name: "Tài liệu địa chí" },
      { spec: "HANNOM", name: "Sách Hán Nôm" },
    ],
    items: allEntries().map(makeItem),
  };
}

function allEntries(): CatalogueEntry[] {
  const choice = seededChoice(1919);
  const theses = WRITTEN_THESES.filter((_, place) => ALSO_IN_PRINT.has(place));
  const entries = [
    ...WRITTEN_BOOKS,
    ...theses.map((thesis, place) => catalogueThesis(thesis, `http://thuvien.example.vn/doc.aspx?ma=${5_000 + place}`)),
  ];
  const titles = new Set<string>();
  while (entries.length < ITEM_COUNT) {
    const entry = composeEntry(choice);
    const title = titleProper(entry);
    if (!titles.has(title)) entries.push(entry);
    titles.add(title);
  }
  return entries;
}

function titleProper(entry: CatalogueEntry): string {
  return subfieldValues(readMarcFields(entry.text), "245", "a").flat().join();
}

function makeItem(entry: CatalogueEntry, place: number): SampleItem {
  const choice = seededChoice(3_000_017 + place);
  const number = FIRST_NUMBER + place;
  // Retrospective conversion went on for years, and hundreds of records still get the date of one day.
  const day = choice.happens(0.3) ? Date.UTC(2019, 10, 18) : Date.UTC(2024, 2, 1) + choice.between(0, 600) * DAY_MS;
  const datestamp = new Date(day).toISOString().slice(0, 10);
  const deleted = WITHDRAWN.has(place);
  const record = completeRecord(entry, number, datestamp);
  return {
    identifier: `KOHA-THUVIEN:${number}`,
    datestamp,
    setSpecs: [entry.collection],
    deleted,
    metadata: deleted ? {} : { marcxml: writeMarcXml(record), oai_dc: writeCatalogueDublinCore(record) },
  };
}

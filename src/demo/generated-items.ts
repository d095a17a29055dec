import { completeRecord } from "./catalogue-record.ts";
import { catalogueThesis } from "./catalogued-theses.ts";
import { composeThesis } from "./composed-theses.ts";
import { writeMarcXml } from "./marc-notation.ts";
import type { SampleItem } from "./sample-repository.ts";
import { seededChoice } from "./seeded-choice.ts";
import type { Thesis } from "./thesis.ts";
import { writeThesisDublinCore } from "./thesis-dublin-core.ts";

/** Measured on real DSpace repositories: abstracts of about this length make records of about 2.9 kB. */
const ABSTRACT_BYTES = 1_200;
/** Cataloguers write less; MARCXML of about 4 kB. */
const SUMMARY_BYTES = 400;
const DELETED_SHARE = 0.02;
const HOST = "generated.example.edu.vn";
const FIRST_CHANGE = Date.UTC(2012, 0, 9, 1, 30, 0);
const LAST_CHANGE = Date.UTC(2025, 9, 30, 9, 0, 0);
const DAY_MS = 86_400_000;

type Words = readonly [string, ...string[]];

const COMMUNE_KINDS: Words = ["xã", "phường", "thị trấn"];
// biome-ignore format: lists of words read better in lines
const COMMUNE_BEGINNINGS: Words = [
  "An", "Bình", "Cẩm", "Đông", "Hòa", "Hưng", "Kim", "Long", "Mỹ", "Nam", "Phú", "Phước", "Quảng", "Tân", "Thạnh",
  "Thanh", "Trung", "Vĩnh", "Xuân", "Yên",
];
// biome-ignore format: lists of words read better in lines
const COMMUNE_ENDS: Words = [
  "Bảo", "Châu", "Điền", "Giang", "Hải", "Hiệp", "Khánh", "Lạc", "Lâm", "Lộc", "Lợi", "Ninh", "Phong", "Quang", "Sơn",
  "Thành", "Thịnh", "Thủy", "Tiến", "Trạch",
];

/**
 * As many thesis records as a bench wants, oldest first, with `oai_dc` and `marcxml`; one in fifty is deleted. The same
 * count gives the same items. Metadata is written when read, anew each time: 50,000 items would else be 400 MB of text.
 */
export function generatedItems(count: number): readonly SampleItem[] {
  return Array.from({ length: count }, (_, place) => {
    const choice = seededChoice(place);
    const instant = FIRST_CHANGE + Math.floor(((LAST_CHANGE - FIRST_CHANGE) * place) / count);
    const deleted = choice.happens(DELETED_SHARE);
    return {
      identifier: `oai:${HOST}:123456789/${place + 1}`,
      datestamp: writeInstant(instant),
      setSpecs: ["com_123456789_1", `col_123456789_${choice.between(10, 21)}`],
      deleted,
      metadata: deleted ? {} : lazyMetadata(place + 1, instant),
    };
  });
}

function lazyMetadata(number: number, instant: number): Readonly<Record<string, string>> {
  const handle = `http://${HOST}/handle/123456789/${number}`;
  return {
    get oai_dc() {
      const accession = writeInstant(instant - DAY_MS);
      return writeThesisDublinCore(thesisOf(number, instant, ABSTRACT_BYTES), { handle, accession, habit: number });
    },
    get marcxml() {
      const entry = catalogueThesis(thesisOf(number, instant, SUMMARY_BYTES), handle);
      return writeMarcXml(completeRecord(entry, number, writeInstant(instant).slice(0, 10)));
    },
  };
}

/** The place at the end keeps titles apart: without it the words of a discipline repeat after 1,400 titles. */
function thesisOf(seed: number, instant: number, abstractBytes: number): Thesis {
  const choice = seededChoice(seed);
  const thesis = composeThesis(choice, abstractBytes);
  const commune = `${choice.pick(COMMUNE_BEGINNINGS)} ${choice.pick(COMMUNE_ENDS)}`;
  return {
    ...thesis,
    title: `${thesis.title}: nghiên cứu trường hợp ${choice.pick(COMMUNE_KINDS)} ${commune}`,
    year: new Date(instant).getUTCFullYear() - choice.between(0, 3),
  };
}

function writeInstant(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}

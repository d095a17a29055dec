import { composeThesis } from "./composed-theses.ts";
import { DISCIPLINES, disciplineNamed, FACULTIES } from "./disciplines.ts";
import { OAI_DC_FORMAT, type SampleItem, type SampleRepository, type SampleSet } from "./sample-repository.ts";
import { type SeededChoice, seededChoice } from "./seeded-choice.ts";
import { type Thesis, UNIVERSITY } from "./thesis.ts";
import { writeThesisDublinCore } from "./thesis-dublin-core.ts";
import { WRITTEN_THESES } from "./written-theses.ts";

const ITEM_COUNT = 160;
const HOST = "repository.example.edu.vn";
/** The prefix DSpace is installed with; three universities of the country never changed it. */
const HANDLE_PREFIX = "123456789";
/** Places, among the composed theses, of those withdrawn later. */
const WITHDRAWN: ReadonlySet<number> = new Set([41, 66, 87, 103, 129, 151]);
/** Older theses came in with one night's import: many items share that second. */
const IMPORTED_UNTIL = 2012;
const IMPORT_TIME = Date.UTC(2014, 2, 9, 18, 22, 41);
const LONGEST_DELAY_S = 900 * 86_400;
const LATEST = Date.UTC(2025, 9, 31, 9, 15, 0);

/** A university's DSpace with theses: handles, persistent deletions, three dates per record. */
export function thesisRepository(): SampleRepository {
  return {
    path: "/thu-vien-so/oai/request",
    name: `Thư viện số ${UNIVERSITY}`,
    adminEmail: "thuvienso@example.edu.vn",
    granularity: "YYYY-MM-DDThh:mm:ssZ",
    deletedRecord: "persistent",
    pageSize: 50,
    formats: [OAI_DC_FORMAT],
    sets: [...FACULTIES.map(communityOf), ...DISCIPLINES.map(({ name }) => collectionOf(name))],
    items: allTheses().map(makeItem),
  };
}

function allTheses(): Thesis[] {
  const choice = seededChoice(1945);
  const titles = new Set<string>();
  const theses = [...WRITTEN_THESES];
  while (theses.length < ITEM_COUNT) {
    const thesis = composeThesis(choice, 800);
    if (!titles.has(thesis.title)) theses.push(thesis);
    titles.add(thesis.title);
  }
  return theses;
}

function makeItem(thesis: Thesis, place: number): SampleItem {
  const choice = seededChoice(1_000_003 + place);
  const local = `${HANDLE_PREFIX}/${101 + 3 * place}`;
  const accession = chooseAccession(thesis, choice);
  const changed = choice.happens(0.4)
    ? Math.min(accession + choice.between(3_600, LONGEST_DELAY_S) * 1_000, LATEST)
    : accession;
  const deleted = WITHDRAWN.has(place);
  const handle = `http://${HOST}/handle/${local}`;
  const deposit = { handle, accession: writeInstant(accession), habit: choice.between(0, 209) };
  return {
    identifier: `oai:${HOST}:${local}`,
    datestamp: writeInstant(changed),
    setSpecs: setsOf(thesis),
    deleted,
    metadata: deleted ? {} : { oai_dc: writeThesisDublinCore(thesis, deposit) },
  };
}

function chooseAccession(thesis: Thesis, choice: SeededChoice): number {
  if (thesis.year <= IMPORTED_UNTIL) return IMPORT_TIME;
  const seconds = choice.between(0, 300 * 86_400);
  return Math.min(Date.UTC(thesis.year + 1, 0, 5) + seconds * 1_000, LATEST);
}

function setsOf(thesis: Thesis): string[] {
  return [communityOf(disciplineNamed(thesis.discipline).faculty).spec, collectionOf(thesis.discipline).spec];
}

function communityOf(faculty: string): SampleSet {
  return { spec: `com_${HANDLE_PREFIX}_${1 + FACULTIES.indexOf(faculty)}`, name: faculty };
}

function collectionOf(discipline: string): SampleSet {
  const place = DISCIPLINES.indexOf(disciplineNamed(discipline));
  return { spec: `col_${HANDLE_PREFIX}_${20 + place}`, name: `Luận văn, luận án ${discipline}` };
}

function writeInstant(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}

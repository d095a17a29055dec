/** A record of the misbehaving repository: what it holds, and what a harvest must have made of it. */
export interface TruthRecord {
  /** As a parser reads it. */
  readonly identifier: string;
  /** What `from` and `until` are compared with, in milliseconds. */
  readonly instant: number;
  readonly deleted: boolean;
  readonly setSpecs: readonly string[];
  /** Everything inside `<record>`, as it is sent; U+DC80 to U+DCFF stand for single bytes that are no UTF-8. */
  readonly inner: string;
  /** True: nothing is wrong with it, so that it must be stored exactly as sent. */
  readonly sound: boolean;
  /** The title that must be published; `null` where none can be or where it does not matter. */
  readonly title: string | null;
}

const DC_NAMESPACES =
  'xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"';
const SUBJECTS = [
  "Quản lý đất đai",
  "Nuôi trồng thủy sản",
  "Công nghệ thông tin",
  "Ngôn ngữ học",
  "Kinh tế nông nghiệp",
];
const PLACES = ["Cần Thơ", "Thừa Thiên Huế", "Đắk Lắk", "Nghệ An", "Hà Nội", "Sóc Trăng", "Quảng Ngãi"];
const AUTHORS = ["Nguyễn Thị Hường", "Trần Đức Lộc", "Lê Hoài Phương", "Phạm Quốc Khánh", "Võ Thị Ngọc Ánh"];
const DAY_MS = 24 * 60 * 60 * 1000;
const FIRST_DAY = Date.UTC(2012, 2, 1, 6, 30, 0);
/** One in fifty is deleted. */
const DELETED_EVERY = 50;

/** The records of a repository by age: three a day, a day every three weeks, over years. */
export function generatedRecords(count: number): readonly TruthRecord[] {
  return Array.from({ length: count }, (_, index) => thesisRecord(index));
}

/** The identifier of the record at `index`. */
export function identifierAt(index: number): string {
  return `oai:kho.example.edu.vn:luanvan/${index + 1}`;
}

function thesisRecord(index: number): TruthRecord {
  const instant = FIRST_DAY + Math.floor(index / 3) * 21 * DAY_MS + (index % 3) * 3_600_000;
  const deleted = index % DELETED_EVERY === DELETED_EVERY - 1;
  const title = `${SUBJECTS[index % 5]} tại ${PLACES[index % 7]}: luận văn số ${index + 1}`;
  const setSpecs = [`khoa_${index % 4}`];
  const header = headerXml({ identifier: identifierAt(index), datestamp: secondsOf(instant), setSpecs, deleted });
  return {
    identifier: identifierAt(index),
    instant,
    deleted,
    setSpecs,
    inner: deleted ? header : header + metadataXml(title, AUTHORS[index % 5] ?? "", index),
    sound: true,
    title: deleted ? null : title,
  };
}

/** A moment as OAI-PMH writes it to the second. */
export function secondsOf(instant: number): string {
  return new Date(instant).toISOString().replace(/\.\d+Z$/, "Z");
}

/** A `<header>` (OAI-PMH 2.0 §2.5). */
export function headerXml(header: {
  readonly identifier: string;
  readonly datestamp: string;
  readonly setSpecs: readonly string[];
  readonly deleted: boolean;
}): string {
  const sets = header.setSpecs.map((setSpec) => `<setSpec>${escaped(setSpec)}</setSpec>`).join("");
  const status = header.deleted ? ' status="deleted"' : "";
  return `<header${status}><identifier>${escaped(header.identifier)}</identifier><datestamp>${header.datestamp}</datestamp>${sets}</header>`;
}

/** A `<metadata>` with a thesis in unqualified Dublin Core. */
export function metadataXml(title: string, creator: string, index: number): string {
  return (
    `<metadata><oai_dc:dc ${DC_NAMESPACES}><dc:title>${title}</dc:title><dc:creator>${creator}</dc:creator>` +
    `<dc:description>Trình bày cơ sở lý luận &amp; thực trạng; đề xuất giải pháp (n &lt; 400).</dc:description>` +
    `<dc:date>${2012 + (index % 12)}</dc:date><dc:type>Thesis</dc:type><dc:language>vi</dc:language>` +
    `<dc:identifier>https://kho.example.edu.vn/luanvan/${index + 1}</dc:identifier></oai_dc:dc></metadata>`
  );
}

export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

import type { Fault } from "./misbehaving-server.ts";
import { secondsOf, type TruthRecord } from "./truth.ts";

type Change = (record: TruthRecord) => Partial<TruthRecord>;

/** Changes one record of the repository for good. Give its index; `sound` and `title` follow unless said. */
export function record(index: number, change: Change): Fault {
  return {
    records: (records) =>
      records.map((record, at) =>
        at === index ? { ...record, sound: false, title: null, ...change(record) } : record,
      ),
  };
}

/** Puts something into the title of a record; `read` is what must come of it. */
export function inTitle(index: number, text: string, read: string | null): Fault {
  return record(index, ({ inner }) => ({
    inner: inner.replace(/<dc:title>[^<]*/, `<dc:title>${text}`),
    title: read,
  }));
}

/** Changes what stands inside `<record>`. */
export function inner(index: number, change: (inner: string) => string): Fault {
  return record(index, (truth) => ({ inner: change(truth.inner) }));
}

/** The same, where the record says what it said and must be kept exactly as it is. */
export function soundInner(index: number, change: (inner: string) => string): Fault {
  return record(index, (truth) => ({ inner: change(truth.inner), sound: true, title: truth.title }));
}

/** Another datestamp in the header; the repository itself still knows when the record changed. */
export function datestamp(index: number, text: string): Fault {
  return soundInner(index, (xml) =>
    xml.replace(/<datestamp>[^<]*<\/datestamp>/, text && `<datestamp>${text}</datestamp>`),
  );
}

/** All headers in days. */
export const dayDatestamps: Fault = {
  records: (records) =>
    records.map((record) => ({
      ...record,
      inner: record.inner.replace(/<datestamp>(\d{4}-\d\d-\d\d)T[^<]*/, "<datestamp>$1"),
    })),
};

/** Another identifier; `written` is how it stands in the XML. */
export function identifier(index: number, name: string, written = name): Fault {
  return record(index, ({ inner, title }) => ({
    identifier: name,
    inner: inner.replace(/<identifier>[^<]*/, `<identifier>${written}`),
    sound: true,
    title,
  }));
}

/** A record that comes a second time at `index`, newer and with another title: the later one counts. */
export function repeated(index: number, original: number): Fault {
  return {
    records: (records) =>
      records.map((record, at) => {
        const first = records[original];
        if (first === undefined) return record;
        if (at === original) return { ...record, sound: false, title: null };
        if (at !== index) return record;
        const title = "Bản sửa đổi";
        const stamped = first.inner.replace(/<datestamp>[^<]*/, `<datestamp>${secondsOf(record.instant)}`);
        const changed = stamped.replace(/<dc:title>[^<]*/, `<dc:title>${title}`);
        return { ...first, instant: record.instant, inner: changed, title, sound: true };
      }),
  };
}

export const deletedWithMetadata = (index: number): Fault =>
  record(index, (truth) => ({
    deleted: true,
    inner: truth.inner.replace("<header>", '<header status="deleted">'),
    sound: true,
  }));

export const withoutMetadata = (index: number): Fault =>
  inner(index, (xml) => xml.replace(/<metadata>[\s\S]*<\/metadata>/, ""));

/** Sets of the whole repository. */
export function everySet(setSpecs: readonly string[], written: readonly string[] = setSpecs): Fault {
  return {
    records: (records) =>
      records.map((record) => ({
        ...record,
        setSpecs,
        inner: record.inner.replace(
          /(?:<setSpec>[^<]*<\/setSpec>)+/,
          written.map((setSpec) => `<setSpec>${setSpec}</setSpec>`).join(""),
        ),
      })),
  };
}

import { OAI_DC_FORMAT, type SampleItem, type SampleRepository } from "../../src/demo/sample-repository.ts";

const DC = 'xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"';

/** One thesis of a small repository; `changes` replaces what a test is about. */
export function thesis(number: number, changes: Partial<SampleItem> & { readonly title?: string } = {}): SampleItem {
  const { title = `Luận văn số ${number}`, ...rest } = changes;
  return {
    identifier: `oai:kho.example.edu.vn:${number}`,
    datestamp: new Date(Date.UTC(2024, 0, 1, 0, 0, number)).toISOString().replace(".000", ""),
    setSpecs: [],
    deleted: false,
    metadata: {
      oai_dc: `<oai_dc:dc ${DC}><dc:title>${title}</dc:title><dc:identifier>https://kho.example.edu.vn/${number}</dc:identifier></oai_dc:dc>`,
    },
    ...rest,
  };
}

/** The theses from 1 to `count`. */
export function theses(count: number): readonly SampleItem[] {
  return Array.from({ length: count }, (_, index) => thesis(index + 1));
}

/** A small repository that behaves: seconds, persistent deletions, pages of `pageSize`. */
export function thesesRepository(items: readonly SampleItem[], pageSize = 10): SampleRepository {
  return {
    path: "/kho/oai",
    name: "Kho luận văn",
    adminEmail: "kho@example.edu.vn",
    granularity: "YYYY-MM-DDThh:mm:ssZ",
    deletedRecord: "persistent",
    pageSize,
    formats: [OAI_DC_FORMAT],
    sets: [],
    items,
  };
}

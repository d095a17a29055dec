import { FIELD_LABELS } from "../mappings/field-labels.ts";
import { incomingNamed } from "../mappings/index.ts";
import { crosswalkOfRules, mappingRules } from "../mappings/rules.ts";
import { readMetadata } from "./client/records.ts";
import { applyCrosswalk, type TraceLine } from "./crosswalk/apply.ts";
import { contextOf } from "./jobs/map-record.ts";
import type { ExplainedField, Explanation } from "./portal/explanation.ts";
import type { QuerySet } from "./query/query-set.ts";
import { RECORD_FIELDS, toStored } from "./record/common-record.ts";
import type { RecordView } from "./store/record-view.ts";
import type { Repository } from "./store/repositories.ts";
import type { XmlElement } from "./xml/element.ts";
import { XmlError } from "./xml/errors.ts";

/**
 * Where each value of a stored record came from. Mapping is pure: it is done again, from what was sent, by the present
 * rules, of which the sets that operators have defined are a part. `null` where there is nothing to explain: no metadata, or
 * a crosswalk that is no more.
 */
export function explainRecord(
  repository: Repository,
  record: RecordView,
  querySets: readonly QuerySet[],
): Explanation | null {
  const crosswalk = incomingNamed(crosswalkOfRules(record.rules));
  const metadata = metadataOf(record);
  if (crosswalk === null || metadata === null) return null;
  const mapping = applyCrosswalk(crosswalk, metadata, contextOf(repository, record.sourceIdentifier));
  const stored = toStored(mapping.record);
  const trace = mapping.trace();
  const texts = mapping.texts();
  const fields = RECORD_FIELDS.filter((field) => stored[field] !== undefined).map((field): ExplainedField => {
    const lines = trace.filter((line) => line.field === field);
    return { field, label: FIELD_LABELS[field], values: explained(stored[field], lines, texts) };
  });
  return {
    crosswalk: `${crosswalk.id} ${crosswalk.version}`,
    isPresent: mappingRules(crosswalk, repository, querySets) === record.rules,
    fields,
    unread: mapping.unmapped,
  };
}

function metadataOf({ raw }: RecordView): XmlElement | null {
  if (raw === "") return null;
  try {
    return readMetadata(raw).element;
  } catch (error) {
    // it was kept although it cannot be read, and says so in its remarks
    if (error instanceof XmlError) return null;
    throw error;
  }
}

function explained(
  value: unknown,
  lines: readonly TraceLine[],
  texts: ReadonlyMap<string, string>,
): ExplainedField["values"] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.map((single, index) => {
    const { paths = [], repaired = [], override = null } = lines.find((line) => line.index === index) ?? {};
    const from = paths.map((path) => {
      const mended = repaired.find((repair) => repair.path === path);
      return { path, text: mended?.original ?? texts.get(path) ?? "", repairs: mended?.repairs ?? [] };
    });
    return { value: single, from, override };
  });
}

import type { CommonRecord } from "../record/common-record.ts";

export type Host = NonNullable<CommonRecord["host"]>;

const VOLUME = /(?<!\p{L})(?:tập|vol(?:ume)?|t|v|bd)\.? ?(\d{1,4}[A-Z]?)(?![\d-])/iu;
const ISSUE =
  /(?<!\p{L})(?:số|no|issue|iss|nr|s)\.? ?(\d{1,4}(?:[-/]\d{1,3})?[A-ZĐ]{0,3}(?: ?\([A-ZĐ]+\))?)(?![\p{L}])/iu;
const PAGES = /(?:^|[\s;,:])(?:tr|trang|pp?|pages)?\.? ?(\d{1,5}) ?[-–] ?(\d{1,5})\.?$/i;
const JOURNAL =
  /^((?:tạp chí|tập san|thông báo khoa học|journal|bulletin|annals|acta)(?![\p{L}])[^;,]{0,150}|[^;]{3,150})(?=[;,]|$)/iu;
const TITLED = /^(?:tạp chí|tập san|thông báo khoa học)(?!\p{L})|(?<!\p{L})journal(?!\p{L})/iu;

/**
 * Reads where an article appeared: OJS's "Tạp chí Khoa học; Tập 12 Số 3 (2019): …; 12-20" and citations of that kind. `null`
 * unless a volume or an issue is named, or the text begins as a journal does: anything else is prose.
 */
export function readJournalCitation(text: string): Host | null {
  if (/^https?:/i.test(text)) return null;
  const title = JOURNAL.exec(text)?.[1]?.trim();
  if (title === undefined) return null;
  const rest = text.slice(title.length);
  const volume = VOLUME.exec(rest)?.[1];
  const issue = ISSUE.exec(rest)?.[1];
  const pages = PAGES.exec(rest);
  if (volume === undefined && issue === undefined && !(TITLED.test(title) && (pages !== null || rest === "")))
    return null;
  return {
    title,
    ...(volume === undefined ? {} : { volume }),
    ...(issue === undefined ? {} : { issue: issue.trim() }),
    ...(pages === null ? {} : { startPage: pages[1] ?? "", endPage: pages[2] ?? "" }),
  };
}

/** Whether "title;number" names an issue of a journal rather than a number of a series of books or reports. */
export function isJournalIssue(text: string): boolean {
  const host = readJournalCitation(text);
  if (host === null) return false;
  return TITLED.test(host.title ?? "") || (host.volume !== undefined && host.issue !== undefined);
}

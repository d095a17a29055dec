import { fromStored, type StoredRecord } from "../record/common-record.ts";

/** A member of a cluster as far as the choice of the preferred one goes. */
export interface Candidate {
  readonly name: string;
  readonly published: StoredRecord;
  /** 0 to 100, or `null` where it was never judged. */
  readonly quality: number | null;
  /** As the source says it. */
  readonly sourceDatestamp: string;
}

const OPEN_ACCESS = "http://purl.org/coar/access_right/c_abf2";

/** The members, the preferred one first: an open full text, then the better record, then the earlier one, then its name. */
export function inOrderOfPreference<Member extends Candidate>(members: readonly Member[]): readonly Member[] {
  return [...members].sort(
    (a, b) =>
      Number(hasOpenText(b)) - Number(hasOpenText(a)) ||
      (b.quality ?? 0) - (a.quality ?? 0) ||
      ascending(a.sourceDatestamp, b.sourceDatestamp) ||
      ascending(a.name, b.name),
  );
}

function hasOpenText({ published }: Candidate): boolean {
  const { accessRights, files } = fromStored(published);
  return accessRights?.uri === OPEN_ACCESS && files.length > 0;
}

function ascending(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What a remark says in one language. */
export interface IssueWording {
  /** A few words for tables and lists. */
  readonly name: string;
  /** What was found and what was made of it. */
  readonly meaning: string;
  /** What the repository can do about it; the words of its own software, where we know them, stand in `harvesters/`. */
  readonly remedy: string;
}

/** What a remark says, for whoever looks after the records. */
export interface IssueText {
  readonly vi: IssueWording;
  readonly en: IssueWording;
}

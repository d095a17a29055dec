/** What the probe has to remark; each is a thing that the repository's owner can mend or has to know. */
export type ProbeRemark =
  /** There is no record with a datestamp that can be read: nothing could be found out. */
  | "nothing-to-probe"
  /** `from` in the future brings records of the past. */
  | "from-ignored"
  /** Records are dated later than tomorrow. */
  | "datestamps-in-future"
  /** A record's datestamp changes although the record does not, or is the moment of the request. */
  | "datestamp-moves"
  /** A record is not found in the day of its own datestamp, but in the days around it. */
  | "day-shifted"
  /** A record is not found by its own datestamp at all. */
  | "not-found-by-date"
  /** A list brings records whose datestamps are outside of what was asked for. */
  | "outside-range"
  /** Seconds are promised by Identify and refused or not honoured in requests. */
  | "seconds-not-honoured"
  /** Identify promises one granularity, datestamps have another. */
  | "granularity-differs"
  /** Asking with dates makes it fail. */
  | "dates-fail"
  /** It does not give a record that its own list names. */
  | "get-record-fails"
  /** A set brings records of other sets. */
  | "sets-not-respected"
  /** Identify says that deletions are not, or not for ever, announced. */
  | "deletions-not-announced"
  /** Identifiers name `localhost`, so that they are not unique. */
  | "localhost-identifiers"
  /** Identifiers begin as the software was installed. */
  | "factory-identifiers"
  /** Identify gives another base URL than the one that was asked. */
  | "base-url-differs";

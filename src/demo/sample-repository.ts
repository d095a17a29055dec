/** One item of a sample repository. Deleted items keep their header and have no metadata. */
export interface SampleItem {
  readonly identifier: string;
  /** In the granularity of the repository. */
  readonly datestamp: string;
  readonly setSpecs: readonly string[];
  readonly deleted: boolean;
  /** metadataPrefix → XML of the metadata element's content, without `<metadata>`. */
  readonly metadata: Readonly<Record<string, string>>;
}

export interface SampleFormat {
  readonly prefix: string;
  readonly schema: string;
  readonly namespace: string;
}

export interface SampleSet {
  readonly spec: string;
  readonly name: string;
}

/** Everything a small OAI-PMH repository has to say, as data. */
export interface SampleRepository {
  /** Where the sample server answers for it, e.g. `/thu-vien-so/oai/request`. */
  readonly path: string;
  readonly name: string;
  readonly adminEmail: string;
  readonly granularity: "YYYY-MM-DD" | "YYYY-MM-DDThh:mm:ssZ";
  readonly deletedRecord: "no" | "transient" | "persistent";
  readonly pageSize: number;
  readonly formats: readonly SampleFormat[];
  readonly sets: readonly SampleSet[];
  readonly items: readonly SampleItem[];
}

export const OAI_DC_FORMAT: SampleFormat = {
  prefix: "oai_dc",
  schema: "http://www.openarchives.org/OAI/2.0/oai_dc.xsd",
  namespace: "http://www.openarchives.org/OAI/2.0/oai_dc/",
};

export const MARCXML_FORMAT: SampleFormat = {
  prefix: "marcxml",
  schema: "http://www.loc.gov/standards/marcxml/schema/MARC21slim.xsd",
  namespace: "http://www.loc.gov/MARC21/slim",
};

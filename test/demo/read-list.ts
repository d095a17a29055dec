import { XmlDocument, type XmlElement } from "libxml2-wasm";

/** A header as an answer of OAI-PMH has it. */
export interface ListedHeader {
  readonly identifier: string;
  readonly datestamp: string;
  readonly setSpecs: readonly string[];
  readonly deleted: boolean;
  readonly hasMetadata: boolean;
}

/** One page of a list, read by libxml2: tests of what is served must not read it with our own parser. */
export interface ListedPage {
  readonly headers: readonly ListedHeader[];
  readonly token: string;
  readonly completeListSize: number | null;
  readonly cursor: number | null;
}

const OAI = { oai: "http://www.openarchives.org/OAI/2.0/" };

/** Reads a page of ListRecords, ListIdentifiers or GetRecord. Throws where the answer is not well-formed. */
export function readList(xml: string): ListedPage {
  const document = XmlDocument.fromString(xml);
  try {
    const headers = document.find("//oai:header", OAI) as XmlElement[];
    const resumption = document.get("//oai:resumptionToken", OAI) as XmlElement | null;
    return {
      headers: headers.map(headerOf),
      token: resumption?.content ?? "",
      completeListSize: numberOf(resumption, "completeListSize"),
      cursor: numberOf(resumption, "cursor"),
    };
  } finally {
    document.dispose();
  }
}

function headerOf(header: XmlElement): ListedHeader {
  return {
    identifier: header.get("oai:identifier", OAI)?.content ?? "",
    datestamp: header.get("oai:datestamp", OAI)?.content ?? "",
    setSpecs: header.find("oai:setSpec", OAI).map(({ content }) => content),
    deleted: header.attr("status")?.value === "deleted",
    hasMetadata: header.get("../oai:metadata", OAI) !== null,
  };
}

function numberOf(element: XmlElement | null, name: string): number | null {
  const value = element?.attr(name)?.value;
  return value === undefined ? null : Number(value);
}

import { hasFormat, type OrderedItems, writeRecord } from "./ordered-items.ts";
import { listPage } from "./sample-lists.ts";
import type { SampleItem, SampleRepository } from "./sample-repository.ts";
import { readArguments, SampleError } from "./sample-request.ts";
import { writeAttributes, writeElement } from "./sample-xml.ts";

/** What an answer depends on besides the request. */
export interface AnswerContext {
  readonly repository: SampleRepository;
  readonly items: OrderedItems;
  readonly baseUrl: string;
  readonly now: Date;
}

const OAI = "http://www.openarchives.org/OAI/2.0/";

/** The whole OAI-PMH document that answers a query; errors of the protocol are answers too. */
export function answerQuery(context: AnswerContext, query: URLSearchParams): string {
  try {
    const given = readArguments(query, context.repository);
    const verb = given.get("verb") ?? "";
    return envelope(context, given, `<${verb}>\n${answerVerb(context, verb, given)}</${verb}>`);
  } catch (error) {
    if (!(error instanceof SampleError)) throw error;
    // After badVerb and badArgument the request is repeated without attributes (OAI-PMH 2.0, 3.6).
    const legal = error.code !== "badVerb" && error.code !== "badArgument";
    const content = writeElement("error", error.message, { code: error.code });
    return envelope(context, legal ? new Map(query) : new Map(), content);
  }
}

function envelope(context: AnswerContext, given: ReadonlyMap<string, string>, content: string): string {
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<OAI-PMH xmlns="${OAI}"` +
    ` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="${OAI} ${OAI}OAI-PMH.xsd">\n` +
    `${writeElement("responseDate", `${context.now.toISOString().slice(0, 19)}Z`)}\n` +
    `${writeElement("request", context.baseUrl, Object.fromEntries(given))}\n${content}\n</OAI-PMH>\n`
  );
}

function answerVerb(context: AnswerContext, verb: string, given: ReadonlyMap<string, string>): string {
  switch (verb) {
    case "Identify":
      return identify(context);
    case "ListMetadataFormats":
      return listFormats(context, given.get("identifier"));
    case "ListSets":
      return listSets(context.repository, given);
    case "GetRecord":
      return getRecord(context, given.get("identifier") ?? "", given.get("metadataPrefix") ?? "");
    default:
      return listPage(context.repository, context.items, given);
  }
}

function identify({ repository, items, baseUrl }: AnswerContext): string {
  const first = items.first();
  const statements: readonly (readonly [string, string])[] = [
    ["repositoryName", repository.name],
    ["baseURL", baseUrl],
    ["protocolVersion", "2.0"],
    ["adminEmail", repository.adminEmail],
    ["earliestDatestamp", first?.datestamp ?? "1970-01-01T00:00:00Z".slice(0, repository.granularity.length)],
    ["deletedRecord", repository.deletedRecord],
    ["granularity", repository.granularity],
    ["compression", "gzip"],
  ];
  return statements.map(([name, value]) => `${writeElement(name, value)}\n`).join("") + describeIdentifiers(first);
}

/** Only identifiers of the oai scheme can be described so; Koha's, for one, are not of it. */
function describeIdentifiers(first: SampleItem | undefined): string {
  const scheme = /^oai:([a-z][a-z\d-]*(?:\.[a-z][a-z\d-]*)+):[\w\-./]+$/i.exec(first?.identifier ?? "");
  const [sampleIdentifier, repositoryIdentifier] = scheme ?? [];
  if (sampleIdentifier === undefined || repositoryIdentifier === undefined) return "";
  const content =
    writeElement("scheme", "oai") +
    writeElement("repositoryIdentifier", repositoryIdentifier) +
    writeElement("delimiter", ":") +
    writeElement("sampleIdentifier", sampleIdentifier);
  const attributes = writeAttributes({
    xmlns: `${OAI}oai-identifier`,
    "xsi:schemaLocation": `${OAI}oai-identifier ${OAI}oai-identifier.xsd`,
  });
  return `<description><oai-identifier${attributes}>${content}</oai-identifier></description>\n`;
}

function listFormats({ repository, items }: AnswerContext, identifier: string | undefined): string {
  const item = identifier === undefined ? null : findItem(items, identifier);
  const formats = repository.formats.filter(({ prefix }) => item === null || hasFormat(item, prefix));
  if (formats.length === 0) throw new SampleError("noMetadataFormats", `${identifier} is available in no format`);
  return formats
    .map(({ prefix, schema, namespace }) => {
      const content =
        writeElement("metadataPrefix", prefix) +
        writeElement("schema", schema) +
        writeElement("metadataNamespace", namespace);
      return `<metadataFormat>${content}</metadataFormat>\n`;
    })
    .join("");
}

function listSets(repository: SampleRepository, given: ReadonlyMap<string, string>): string {
  if (given.has("resumptionToken")) throw new SampleError("badResumptionToken", "The sets here fit on one page");
  if (repository.sets.length === 0) throw new SampleError("noSetHierarchy", "This repository has no sets");
  return repository.sets
    .map(({ spec, name }) => `<set>${writeElement("setSpec", spec)}${writeElement("setName", name)}</set>\n`)
    .join("");
}

function getRecord({ repository, items }: AnswerContext, identifier: string, metadataPrefix: string): string {
  const item = findItem(items, identifier);
  const offered = repository.formats.some(({ prefix }) => prefix === metadataPrefix);
  if (!offered || !hasFormat(item, metadataPrefix)) {
    throw new SampleError("cannotDisseminateFormat", `${identifier} is not available as ${metadataPrefix}`);
  }
  return writeRecord(item, metadataPrefix);
}

function findItem(items: OrderedItems, identifier: string): SampleItem {
  const item = items.find(identifier);
  if (item === undefined) throw new SampleError("idDoesNotExist", `Unknown here: ${identifier}`);
  return item;
}

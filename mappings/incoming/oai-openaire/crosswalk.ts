import type { IncomingCrosswalk, MappedField, Note } from "../../../src/crosswalk/crosswalk.ts";
import { parseDate } from "../../../src/crosswalk/dates.ts";
import { isPrivateAddress } from "../../../src/crosswalk/private-address.ts";
import { mapped } from "../../../src/crosswalk/source.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import type { XmlElement } from "../../../src/xml/element.ts";
import { XmlError } from "../../../src/xml/errors.ts";
import { contributors, creators } from "../datacite/agents.ts";
import { funding } from "../datacite/funding.ts";
import { statementsOf } from "../datacite/statements.ts";
import { dublinCoreFields } from "../oai-dc/crosswalk.ts";
import { distinct } from "../oai-dc/dublin-core.ts";
import { readMediaType } from "../oai-dc/media-types.ts";
import { QualifiedDublinCore } from "../oai-dc/qualified-dublin-core.ts";
import { versionOf } from "../oai-dc/types.ts";

const EMBARGOED = "http://purl.org/coar/access_right/c_f1cf";

/** The OpenAIRE Guidelines for Literature Repositories v4: DataCite's structures, Dublin Core, COAR's vocabularies. */
export const oaiOpenaire: IncomingCrosswalk<QualifiedDublinCore> = {
  id: "oai-openaire",
  version: 1,
  namespaces: ["http://namespace.openaire.eu/schema/oaire/"],
  open,
  fields: { ...dublinCoreFields, creators, contributors, funding, version, files, embargoEnd },
};

function open(metadata: XmlElement): QualifiedDublinCore {
  if (metadata.local !== "resource") throw new XmlError(`<${metadata.name}> is not <oaire:resource>`);
  return new QualifiedDublinCore(metadata, statementsOf(metadata));
}

/** v4 §version: a version of COAR by its address, else its words. */
function version(source: QualifiedDublinCore): MappedField<CommonRecord["version"]> {
  const element = source.root.child("version");
  if (element === null) return null;
  const { text } = source.read(element);
  const known = versionOf(element.attribute("uri")?.trim() ?? "") ?? versionOf(text);
  if (known !== null) return mapped(known, element);
  return text === "" ? null : mapped({ label: text }, element);
}

/** v4 §file: addresses with their media type. */
function files(source: QualifiedDublinCore, note: Note): MappedField<CommonRecord["files"]> {
  const own = source.root.childrenNamed("file").flatMap((element) => {
    const { text } = source.read(element);
    const mediaType = readMediaType(element.attribute("mimeType") ?? "");
    if (text === "") return [];
    if (!/^https?:\/\/\S+$/i.test(text)) note("invalid-url", { node: element, value: text });
    else if (isPrivateAddress(text)) note("private-address", { node: element, value: text });
    else return [mapped(mediaType === null ? { url: text } : { url: text, mediaType }, element)];
    return [];
  });
  return distinct([...own, ...dublinCoreFields.files(source, note)], ({ value }) => value.url);
}

/** v4 §embargo period date: of a record under embargo the date of the type Available is its end. */
function embargoEnd(source: QualifiedDublinCore, note: Note): MappedField<CommonRecord["embargoEnd"]> {
  const silent: Note = () => undefined;
  const access = dublinCoreFields.accessRights(source, silent);
  if (access?.value.uri !== EMBARGOED) return dublinCoreFields.embargoEnd(source, note);
  const available = source.values("date").find(({ refinement }) => refinement === "available");
  const end = available === undefined ? undefined : parseDate(available.text)?.value;
  return available === undefined || end === undefined ? null : mapped(end, available.node);
}

import type { IncomingCrosswalk, MappedField, Note } from "../../../src/crosswalk/crosswalk.ts";
import { isPrivateAddress } from "../../../src/crosswalk/private-address.ts";
import { isThesis, type ResourceType, typeRank } from "../../../src/crosswalk/resource-types.ts";
import { type Mapped, mapped } from "../../../src/crosswalk/source.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import type { XmlElement } from "../../../src/xml/element.ts";
import { XmlError } from "../../../src/xml/errors.ts";
import { readType } from "../../values.ts";
import { areaNamed } from "../marc21/coverage.ts";
import { dublinCoreFields } from "../oai-dc/crosswalk.ts";
import { distinct } from "../oai-dc/dublin-core.ts";
import { mediaTypeOfUrl } from "../oai-dc/media-types.ts";
import { QualifiedDublinCore } from "../oai-dc/qualified-dublin-core.ts";
import { contributors, creators, degreeGrantor } from "./names.ts";
import { statementsOf } from "./statements.ts";

/** MODS 3.x of the Library of Congress. */
export const mods: IncomingCrosswalk<QualifiedDublinCore> = {
  id: "mods",
  version: 1,
  namespaces: ["http://www.loc.gov/mods/v3", "http://www.loc.gov/mods/"],
  open,
  fields: {
    ...dublinCoreFields,
    alternateIdentifiers,
    creators,
    contributors,
    resourceType,
    files,
    coverage,
    thesis,
    holdings,
  },
};

/** Opens `<mods>` or the first one of a `<modsCollection>`. */
function open(metadata: XmlElement): QualifiedDublinCore {
  const root = metadata.local === "mods" ? metadata : metadata.child("mods");
  if (root === null) throw new XmlError(`<${metadata.name}> is not MODS`);
  return new QualifiedDublinCore(root, statementsOf(root));
}

/** `invalid="yes"` says of a number that it is known to be wrong. */
function alternateIdentifiers(
  source: QualifiedDublinCore,
  note: Note,
): MappedField<CommonRecord["alternateIdentifiers"]> {
  const wrong = new Set(
    source.root
      .childrenNamed("identifier")
      .filter((each) => each.attribute("invalid") === "yes")
      .map(({ path }) => path),
  );
  return dublinCoreFields.alternateIdentifiers(source, note).map((each) => {
    const isWrong = each.from.some(({ path }) => wrong.has(path));
    return isWrong ? { ...each, value: { ...each.value, invalid: true as const } } : each;
  });
}

/** MODS 3.x §originInfo/issuance with COAR types: a text that says no more of itself. */
const BY_ISSUANCE: Readonly<Record<string, string>> = {
  monographic: "c_2f33",
  "single unit": "c_2f33",
  "multipart monograph": "c_2f33",
  serial: "QX5C-AR31",
  continuing: "QX5C-AR31",
};

/** Genre before type of resource; of a text of which neither says more, how it is issued. */
function resourceType(source: QualifiedDublinCore, note: Note): Mapped<ResourceType> | null {
  const said = dublinCoreFields.resourceType(source, note);
  const issuance = source.root.childrenNamed("originInfo").flatMap((origin) => origin.childrenNamed("issuance"))[0];
  if (issuance === undefined) return said;
  const { text } = source.read(issuance);
  const id = BY_ISSUANCE[text.toLowerCase()];
  const isText = said === null || (typeRank(said.value) <= 1 && /^text$/i.test(said.value.raw));
  const type = isText && id !== undefined ? readType(`http://purl.org/coar/resource_type/${id}`) : null;
  return type === null ? said : mapped({ ...type, raw: text }, ...(said?.from ?? []), issuance);
}

/** Addresses with `access="raw object"` are files whatever they end in. */
function files(source: QualifiedDublinCore, note: Note): MappedField<CommonRecord["files"]> {
  const own = source.values("file").flatMap(({ text, node }) => {
    const mediaType = mediaTypeOfUrl(text);
    if (!/^https?:\/\/\S+$/i.test(text)) note("invalid-url", { node, value: text });
    else if (isPrivateAddress(text)) note("private-address", { node, value: text });
    else return [mapped(mediaType === null ? { url: text } : { url: text, mediaType }, node)];
    return [];
  });
  return distinct([...own, ...dublinCoreFields.files(source, note)], ({ value }) => value.url);
}

/** Places and periods of subjects; codes of areas by name. */
function coverage(source: QualifiedDublinCore, note: Note): MappedField<CommonRecord["coverage"]> {
  const codes = source.root.childrenNamed("subject").flatMap((subject) => subject.childrenNamed("geographicCode"));
  const areas = codes
    .filter((code) => (code.attribute("authority") ?? "marcgac") === "marcgac")
    .map((code) => mapped(areaNamed(source.read(code).text), code));
  const all = [...dublinCoreFields.coverage(source, note), ...areas];
  return distinct(all, ({ value }) => `${value.kind} ${value.value.toLowerCase()}`);
}

/** The degree by its elements or its note; who granted it may stand among the names. */
function thesis(source: QualifiedDublinCore, note: Note): MappedField<CommonRecord["thesis"]> {
  const known = dublinCoreFields.thesis(source, note);
  const type = dublinCoreFields.resourceType(source, () => undefined);
  const grantor = source.kept(degreeGrantor);
  if (grantor === null || known?.value.grantor !== undefined || type === null || !isThesis(type.value)) return known;
  const { text, node } = grantor.name;
  return mapped({ ...known?.value, grantor: { name: text } }, ...(known?.from ?? []), node);
}

/** MODS 3.x §location: institution and shelf mark. */
function holdings(source: QualifiedDublinCore, note: Note): MappedField<CommonRecord["holdings"]> {
  const own = source.root.childrenNamed("location").flatMap((location) => {
    const [institution, mark] = ["physicalLocation", "shelfLocator"].map((part) => {
      const element = location.child(part);
      const value = element === null ? null : source.read(element);
      return value === null || value.text === "" ? null : value;
    });
    const value = {
      ...(institution == null ? {} : { institution: institution.text }),
      ...(mark == null ? {} : { callNumber: mark.text }),
    };
    const found = [institution, mark].filter((each) => each != null);
    return found.length === 0 ? [] : [mapped(value, ...found.map(({ node }) => node))];
  });
  return distinct([...own, ...dublinCoreFields.holdings(source, note)], ({ value }) => JSON.stringify(value));
}

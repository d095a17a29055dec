import type { IncomingCrosswalk } from "../../../src/crosswalk/crosswalk.ts";
import type { XmlElement } from "../../../src/xml/element.ts";
import { XmlError } from "../../../src/xml/errors.ts";
import { CARRIED_VERSION, openCarried } from "../mets/carried-metadata.ts";
import { Package, type PackagedFile, packageFields } from "../mets/package.ts";

/** MPEG-21 DIDL, as NARCIS, DSpace and LANL use it: the metadata in it, its files and its page. */
export const didl: IncomingCrosswalk<Package> = {
  id: "didl",
  version: CARRIED_VERSION,
  namespaces: ["urn:mpeg:mpeg21:2002:02-DIDL-NS", "urn:mpeg:mpeg21:2002:01-DIDL-NS"],
  open,
  fields: packageFields,
};

/** What an item of a DIDL is (`info:eu-repo/semantics/…`). */
const PAGE = "humanStartPage";
const FILE = "objectFile";
/** Without a type, resources of these media are metadata or pages about the item. */
const NO_FILE = /^(?:application\/xml|text\/(?:xml|html))/i;

interface Resource {
  readonly url: string;
  readonly mediaType: string;
  /** The type of the item around it; the empty string where there is none. */
  readonly type: string;
  readonly element: XmlElement;
}

function open(metadata: XmlElement): Package {
  if (metadata.local !== "DIDL") throw new XmlError(`<${metadata.name}> is not DIDL`);
  const carried = openCarried(metadata.childrenNamed("Item"), metadata.name);
  const resources = metadata.childrenNamed("Item").flatMap((item) => resourcesIn(item, ""));
  const page = resources.find(({ type }) => type === PAGE) ?? null;
  const files = resources.filter(({ type, mediaType }) => type === FILE || (type === "" && !NO_FILE.test(mediaType)));
  return new Package(carried, files.map(fileOf), page === null ? null : { url: page.url, node: nodeOf(page) });
}

function resourcesIn(item: XmlElement, outer: string): readonly Resource[] {
  const type = typeOf(item) ?? outer;
  const own = item
    .childrenNamed("Component")
    .flatMap((component) => component.childrenNamed("Resource"))
    .map((element) => ({
      url: element.attribute("ref")?.trim() ?? "",
      mediaType: element.attribute("mimeType")?.trim().toLowerCase() ?? "",
      type,
      element,
    }))
    .filter(({ url }) => /^https?:\/\/\S+$/i.test(url));
  return [...own, ...item.childrenNamed("Item").flatMap((inner) => resourcesIn(inner, type))];
}

/** `<rdf:type rdf:resource="info:eu-repo/semantics/objectFile"/>`, or the same as text of `dip:ObjectType`. */
function typeOf(item: XmlElement): string | null {
  const statements = item
    .childrenNamed("Descriptor")
    .flatMap((descriptor) => descriptor.childrenNamed("Statement"))
    .flatMap((statement) => statement.elements);
  const types = statements
    .filter(({ local }) => local === "type" || local === "ObjectType")
    .map((element) => (element.attribute("resource") ?? element.text).trim().replace(/^.*\//, ""));
  return types[0] ?? null;
}

function fileOf(resource: Resource): PackagedFile {
  const { url, mediaType } = resource;
  return { url, ...(mediaType === "" ? {} : { mediaType }), node: nodeOf(resource) };
}

function nodeOf({ url, element }: Resource): PackagedFile["node"] {
  return { text: url, path: `${element.path}/@ref` };
}

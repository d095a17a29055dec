import type { IncomingCrosswalk } from "../../../src/crosswalk/crosswalk.ts";
import type { XmlElement } from "../../../src/xml/element.ts";
import { XmlError } from "../../../src/xml/errors.ts";
import { CARRIED_VERSION, openCarried } from "./carried-metadata.ts";
import { Package, type PackagedFile, packageFields } from "./package.ts";

/** METS: the descriptive metadata of a package, and its files. */
export const mets: IncomingCrosswalk<Package> = {
  id: "mets",
  version: CARRIED_VERSION,
  namespaces: ["http://www.loc.gov/METS/", "http://www.loc.gov/METS/v2"],
  open,
  fields: packageFields,
};

/** Groups of files that are the item itself; the others are thumbnails, texts for searching, licences. */
const CONTENT = /^(?:content|original|master|access|reference|default|download)?$/i;

function open(metadata: XmlElement): Package {
  if (metadata.local !== "mets") throw new XmlError(`<${metadata.name}> is not METS`);
  // the first section describes the whole, those after it its parts
  const sections = metadata.childrenNamed("dmdSec");
  const carried = openCarried(sections.length === 0 ? metadata.childrenNamed("mdGrp") : sections, metadata.name);
  return new Package(carried, metadata.childrenNamed("fileSec").flatMap(filesBelow), null);
}

function filesBelow(element: XmlElement): readonly PackagedFile[] {
  return element.elements.flatMap((child) => {
    if (child.local === "fileGrp") return CONTENT.test(child.attribute("USE") ?? "") ? filesBelow(child) : [];
    return child.local === "file" ? fileOf(child) : [];
  });
}

function fileOf(file: XmlElement): readonly PackagedFile[] {
  const place = file.child("FLocat");
  const url = (place?.attribute("href") ?? "").trim();
  if (place === null || !/^https?:\/\/\S+$/i.test(url)) return [];
  const mediaType = file.attribute("MIMETYPE")?.trim().toLowerCase() ?? "";
  const size = file.attribute("SIZE")?.trim() ?? "";
  const checksum = file.attribute("CHECKSUM")?.trim() ?? "";
  const label = place.attribute("title")?.trim() ?? "";
  return [
    {
      url,
      ...(mediaType === "" ? {} : { mediaType }),
      ...(/^\d{1,15}$/.test(size) ? { sizeBytes: Number(size) } : {}),
      ...(label === "" ? {} : { label }),
      ...(checksum === "" ? {} : { checksum: `${file.attribute("CHECKSUMTYPE") ?? "MD5"}:${checksum}` }),
      node: { text: url, path: `${place.path}/@href` },
    },
  ];
}

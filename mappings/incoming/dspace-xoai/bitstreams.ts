import type { Note } from "../../../src/crosswalk/crosswalk.ts";
import { isPrivateAddress } from "../../../src/crosswalk/private-address.ts";
import { type Mapped, mapped } from "../../../src/crosswalk/source.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import type { XmlElement } from "../../../src/xml/element.ts";
import { dublinCoreFields } from "../oai-dc/crosswalk.ts";
import { type DcValue, distinct } from "../oai-dc/dublin-core.ts";
import type { Xoai } from "./xoai.ts";

type File = CommonRecord["files"][number];

/** The bundle of what was deposited; the others hold licences, thumbnails and texts extracted for searching. */
const DEPOSITED = "ORIGINAL";

/** The files of the bundle ORIGINAL; where no address can be published, what the identifiers and relations name. */
export function files(xoai: Xoai, note: Note): readonly Mapped<File>[] {
  const found = xoai.kept(bitstreams).flatMap((bitstream) => fileOf(bitstream, note));
  return found.length > 0 ? distinct(found, ({ value }) => value.url) : dublinCoreFields.files(xoai, note);
}

/** dc.format and the media types of the files. */
export function formats(xoai: Xoai, note: Note): readonly Mapped<string>[] {
  const ofFiles = xoai.kept(bitstreams).flatMap(({ format }) => {
    return format !== undefined && /^[a-z]+\/[\w.+-]+$/i.test(format.text)
      ? [mapped(format.text.toLowerCase(), format.node)]
      : [];
  });
  return distinct([...dublinCoreFields.formats(xoai, note), ...ofFiles], ({ value }) => value);
}

type Bitstream = Readonly<Record<string, DcValue | undefined>>;

/** The bitstreams of ORIGINAL with their fields by name. Nothing of any bundle is left over. */
function bitstreams(xoai: Xoai): readonly Bitstream[] {
  if (xoai.bundles === null) return [];
  return xoai.bundles
    .childrenNamed("element")
    .filter((bundle) => fieldsOf(bundle, xoai).name?.text === DEPOSITED)
    .flatMap((bundle) => bundle.childrenNamed("element").flatMap((list) => list.childrenNamed("element")))
    .map((bitstream) => fieldsOf(bitstream, xoai));
}

function fieldsOf(element: XmlElement, xoai: Xoai): Bitstream {
  const fields = element
    .childrenNamed("field")
    .map((field) => [field.attribute("name") ?? "", xoai.read(field)] as const);
  return Object.fromEntries(fields.filter(([, { text }]) => text !== ""));
}

function fileOf(bitstream: Bitstream, note: Note): readonly Mapped<File>[] {
  const { url, format, size, name, description, checksum, checksumAlgorithm } = bitstream;
  if (url === undefined || !/^https?:\/\//i.test(url.text)) return [];
  if (isPrivateAddress(url.text)) {
    note("private-address", { node: url.node, value: url.text });
    return [];
  }
  const bytes = /^\d{1,15}$/.test(size?.text ?? "") ? { sizeBytes: Number(size?.text) } : {};
  const label = description ?? name;
  const value: File = {
    url: url.text,
    ...(format === undefined ? {} : { mediaType: format.text }),
    ...bytes,
    ...(label === undefined ? {} : { label: label.text }),
    ...(checksum === undefined ? {} : { checksum: `${checksumAlgorithm?.text ?? "MD5"}:${checksum.text}` }),
  };
  const nodes = [url, format, size, label, checksum].filter((each) => each !== undefined);
  return [mapped(value, ...nodes.map(({ node }) => node))];
}

import { type Note, type Noted, noted, resultOf } from "../../../src/crosswalk/crosswalk.ts";
import type { MarcNode, MarcSource, MarcSourceField } from "../../../src/crosswalk/marc-source.ts";
import { isPrivateAddress } from "../../../src/crosswalk/private-address.ts";
import { mapped } from "../../../src/crosswalk/source.ts";
import { mediaTypeOfUrl, readMediaType } from "../oai-dc/media-types.ts";
import { type FieldReader, type Item, present, unique } from "./field.ts";
import { isPlaceholder } from "./placeholders.ts";

/** An address of 856 that anybody can reach. */
export interface Link {
  readonly url: string;
  readonly node: MarcNode;
  readonly field: MarcSourceField;
}

/** LoC MARC 21 856, second indicator 2, or a `$3` that says that the link leads to something beside the item. */
const BESIDE =
  /table of contents|contents|mục lục|description|bìa|cover|biograph|inhalt|excerpt|review|sample text|abstract|tóm tắt/i;

/** The pages that present the item: addresses of 856 that are neither files nor about something beside it. */
export function frontDoors(marc: MarcSource): readonly Link[] {
  return marc.kept(links).result.filter(({ field, url }) => !isBeside(field) && mediaTypeOf(field, url) === null);
}

/** The addresses of related resources. */
export function linksBeside(marc: MarcSource): readonly Link[] {
  return marc.kept(links).result.filter(({ field }) => isBeside(field));
}

/** LoC MARC 21 856 with second indicator 0, 1 or blank whose `$q` or ending says that it is a file. */
export const files: FieldReader<"files"> = (marc, note) => {
  const found = resultOf(marc.kept(links), note).flatMap(({ url, node, field }) => {
    const mediaType = mediaTypeOf(field, url);
    return isBeside(field) || mediaType === null ? [] : [mapped(fileOf(url, mediaType, field), node)];
  });
  return unique(found, ({ value }) => value.url);
};

/** LoC: 340 $a and 856 $q. */
export const formats: FieldReader<"formats"> = (marc) => {
  const media = marc.fields("856").flatMap((field) => field.all("q"));
  const materials = marc.fields("340").flatMap((field) => field.all("a"));
  return unique(
    [...materials, ...media].map((node) => mapped(node.value, node)),
    ({ value }) => value,
  );
};

/** The addresses of 856; `files` leaves the remarks. */
function links(marc: MarcSource): Noted<readonly Link[]> {
  return noted((note) =>
    marc.fields("856").flatMap((field) => {
      field.drop("abcdefghijklmnoprtvwxyz");
      return field.all("u").flatMap((node) => {
        const url = urlIn(node, note);
        return url === null ? [] : [{ url, node, field }];
      });
    }),
  );
}

/** An http(s) address that can be published: nobody outside reaches `http://192.168…` and `http://libserver`. */
function urlIn(node: MarcNode, note: Note): string | null {
  const url = node.value.startsWith("www.") ? `http://${node.value}` : node.value;
  if (/^ftps?:/i.test(url)) return null;
  if (isPlaceholder(url)) note("placeholder", { severity: "info", node });
  else if (!/^https?:\/\/\S+$/i.test(url)) note("invalid-url", { node });
  else if (isPrivateAddress(url)) note("private-address", { node });
  else return url;
  return null;
}

function isBeside(field: MarcSourceField): boolean {
  return field.indicator2 === "2" || BESIDE.test(field.first("3")?.value ?? "");
}

/** `null` for pages: `text/html`, and addresses without the ending of a file. */
function mediaTypeOf(field: MarcSourceField, url: string): string | null {
  const said = readMediaType(field.first("q")?.value ?? "");
  return said === "text/html" ? null : (said ?? mediaTypeOfUrl(url));
}

function fileOf(url: string, mediaType: string, field: MarcSourceField): Item<"files"> {
  const label = field.first("y") ?? field.first("3");
  const bytes = /^(\d{1,15})(?: ?bytes?)?$/i.exec(field.first("s")?.value ?? "")?.[1];
  return {
    url,
    mediaType,
    ...present({ sizeBytes: bytes === undefined ? null : Number(bytes), label: label?.value }),
  };
}

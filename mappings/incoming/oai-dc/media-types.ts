import { type Memory, remembered } from "../../../src/crosswalk/remembered.ts";

const MEDIA_TYPES: Memory = { entries: 500, longest: 60 };
/** The endings of files in repositories with their media types (IANA). Pages (`.html`, `.php`) are no files. */
const BY_ENDING: Readonly<Record<string, string>> = {
  pdf: "application/pdf",
  doc: "application/msword",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xls: "application/vnd.ms-excel",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  ppt: "application/vnd.ms-powerpoint",
  pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  odt: "application/vnd.oasis.opendocument.text",
  epub: "application/epub+zip",
  djvu: "image/vnd.djvu",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
  gif: "image/gif",
  tif: "image/tiff",
  tiff: "image/tiff",
  mp3: "audio/mpeg",
  wav: "audio/wav",
  mp4: "video/mp4",
  avi: "video/x-msvideo",
  zip: "application/zip",
  rar: "application/vnd.rar",
  csv: "text/csv",
  txt: "text/plain",
};
const ENDING = /^https?:\/\/[^/?#]+\/[^?#]*\.([a-z0-9]{3,5})(?:[?#]|$)/i;
const MEDIA_TYPE = /^(?:application|text|image|audio|video|model|font|multipart|message)\/[\w.+-]+$/i;

/** The media type of a file by the ending of its address, or `null`. */
export function mediaTypeOfUrl(url: string): string | null {
  return BY_ENDING[ENDING.exec(url)?.[1]?.toLowerCase() ?? ""] ?? null;
}

/** The media type that a text names ("application/pdf", "PDF"), or `null` where it is something else, e.g. an extent. */
export const readMediaType: (text: string) => string | null = remembered(mediaTypeIn, MEDIA_TYPES);

function mediaTypeIn(text: string): string | null {
  const plain = text.replace(/;.*$/, "").trim();
  if (MEDIA_TYPE.test(plain)) return plain.toLowerCase();
  return BY_ENDING[plain.toLowerCase().replace(/^\./, "")] ?? null;
}

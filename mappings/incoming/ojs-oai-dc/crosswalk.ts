import type { IncomingCrosswalk, Note } from "../../../src/crosswalk/crosswalk.ts";
import { type Mapped, mapped } from "../../../src/crosswalk/source.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import type { XmlElement } from "../../../src/xml/element.ts";
import { dublinCoreFields, oaiDc } from "../oai-dc/crosswalk.ts";
import { distinct, openDublinCore } from "../oai-dc/dublin-core.ts";
import { readMediaType } from "../oai-dc/media-types.ts";
import { OjsArticle } from "./ojs-article.ts";

/** Unqualified Dublin Core as Open Journal Systems writes it for an article. */
export const ojsOaiDc: IncomingCrosswalk<OjsArticle> = {
  id: "ojs-oai-dc",
  version: 1,
  namespaces: oaiDc.namespaces,
  open,
  fields: { ...dublinCoreFields, files },
};

function open(metadata: XmlElement): OjsArticle {
  openDublinCore(metadata); // throws where it is none
  return new OjsArticle(metadata);
}

/** OJS writes one dc:relation and one dc:format a galley, in the same order. */
function files(article: OjsArticle, note: Note): readonly Mapped<CommonRecord["files"][number]>[] {
  const formats = article.values("format").map(({ text }) => readMediaType(text));
  const { galleys } = article;
  const found = galleys.map(({ text, node }, index) => {
    const mediaType = formats.length === galleys.length ? (formats[index] ?? null) : null;
    return mapped(mediaType === null ? { url: text } : { url: text, mediaType }, node);
  });
  return distinct([...found, ...dublinCoreFields.files(article, note)], ({ value }) => value.url);
}

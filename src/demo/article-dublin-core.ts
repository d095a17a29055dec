import { type Article, type Bilingual, journalOf } from "./article.ts";
import { invertName } from "./person-names.ts";
import { wrapDublinCore, writeElement } from "./sample-xml.ts";

/** What publication adds to an article. */
export interface Publication {
  readonly number: number;
  readonly galley: number;
  readonly firstPage: number;
  readonly lastPage: number;
  readonly published: string;
  readonly baseUrl: string;
}

const LICENCE = "https://creativecommons.org/licenses/by/4.0/";
/** The test prefix: these DOIs resolve to nothing. */
const DOI_PREFIX = "10.5072";

/** The metadata of an article in the order of OJS's oai_dc, with xml:lang wherever OJS knows the language. */
export function writeArticleDublinCore(article: Article, publication: Publication): string {
  const { published, number } = publication;
  const year = published.slice(0, 4);
  const address = `${publication.baseUrl}/index.php/${article.journal}/article/view/${number}`;
  return wrapDublinCore([
    ...inBoth("title", article.title),
    ...article.authors.map((author) => writeElement("dc:creator", invertName(author))),
    ...inLanguage("subject", "vi", article.keywords),
    ...inLanguage("subject", "en", article.keywords),
    ...inBoth("description", article.abstract),
    ...inBoth("publisher", { vi: "Trường Đại học Minh Họa", en: "Minh Hoa University" }),
    writeElement("dc:date", published),
    ...typesOf(article),
    writeElement("dc:format", "application/pdf"),
    writeElement("dc:identifier", address),
    writeElement("dc:identifier", `${DOI_PREFIX}/${article.journal}.${year}.${article.issue}.${number}`),
    ...sourcesOf(article, publication),
    // One article in nine says nothing about its language, as journals whose form does not ask for it do.
    ...(number % 9 === 0 ? [] : [writeElement("dc:language", "vie")]),
    writeElement("dc:relation", `${address}/${publication.galley}`),
    ...inBoth("rights", {
      vi: `Bản quyền (c) ${year} ${journalOf(article).title.vi}`,
      en: `Copyright (c) ${year} ${journalOf(article).title.en}`,
    }),
    writeElement("dc:rights", LICENCE),
  ]);
}

function inBoth(name: string, text: Bilingual): string[] {
  return [...inLanguage(name, "vi", [text]), ...inLanguage(name, "en", [text])];
}

function inLanguage(name: string, language: keyof Bilingual, texts: readonly Bilingual[]): string[] {
  return texts.map((text) => writeElement(`dc:${name}`, text[language], { "xml:lang": language }));
}

function typesOf(article: Article): string[] {
  const inWords = article.section === "REV" ? { vi: "Bài tổng quan", en: "Review" } : { vi: "Bài báo", en: "Article" };
  return [
    writeElement("dc:type", "info:eu-repo/semantics/article"),
    writeElement("dc:type", "info:eu-repo/semantics/publishedVersion"),
    ...inBoth("type", inWords),
  ];
}

function sourcesOf(article: Article, publication: Publication): string[] {
  const journal = journalOf(article);
  const volume = article.year - journal.yearBeforeFirst;
  const pages = `${publication.firstPage}-${publication.lastPage}`;
  const issue = `(${article.year})`;
  return [
    ...inBoth("source", {
      vi: `${journal.title.vi}; Vol. ${volume} No. ${article.issue} ${issue}: Tập ${volume} Số ${article.issue} ${issue}; ${pages}`,
      en: `${journal.title.en}; Vol. ${volume} No. ${article.issue} ${issue}; ${pages}`,
    }),
    writeElement("dc:source", journal.issn),
  ];
}

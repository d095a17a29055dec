import { type Article, JOURNALS } from "./article.ts";
import { type Publication, writeArticleDublinCore } from "./article-dublin-core.ts";
import { composeArticle } from "./composed-articles.ts";
import { OAI_DC_FORMAT, type SampleItem, type SampleRepository } from "./sample-repository.ts";
import { seededChoice } from "./seeded-choice.ts";
import { WRITTEN_ARTICLES } from "./written-articles.ts";

const ITEM_COUNT = 90;
const HOST = "tapchi.example.edu.vn";
/** Places, among the composed articles, of those retracted or moved to another journal. */
const WITHDRAWN: ReadonlySet<number> = new Set([29, 47, 60, 82]);
const HOUR_MS = 3_600_000;
const LATEST = Date.UTC(2025, 9, 31, 9, 15, 0);

/** An OJS with two journals: articles in two languages, sets per journal and section. */
export function journalRepository(): SampleRepository {
  return {
    path: "/tap-chi/index.php/index/oai",
    name: "Tạp chí điện tử Trường Đại học Minh Họa",
    adminEmail: "tapchi@example.edu.vn",
    granularity: "YYYY-MM-DDThh:mm:ssZ",
    deletedRecord: "persistent",
    pageSize: 25,
    formats: [OAI_DC_FORMAT],
    sets: JOURNALS.flatMap(({ path, title }) => [
      { spec: path, name: title.vi },
      { spec: `${path}:ART`, name: "Bài báo" },
      { spec: `${path}:REV`, name: "Tổng quan và điểm sách" },
    ]),
    items: allArticles().map(makeItem),
  };
}

function allArticles(): Article[] {
  const choice = seededChoice(1986);
  const titles = new Set<string>();
  const articles = [...WRITTEN_ARTICLES];
  while (articles.length < ITEM_COUNT) {
    const article = composeArticle(choice);
    if (!titles.has(article.title.vi)) articles.push(article);
    titles.add(article.title.vi);
  }
  return articles;
}

function makeItem(article: Article, place: number): SampleItem {
  const choice = seededChoice(2_000_003 + place);
  const number = 201 + 2 * place;
  const published = Date.UTC(article.year, article.issue * 3 - 1, choice.between(10, 28));
  const delay = choice.between(2, 400 * 24) * HOUR_MS + choice.between(0, 3_599) * 1_000;
  const touched = Math.min(published + delay, LATEST);
  const firstPage = choice.between(1, 120);
  const deleted = WITHDRAWN.has(place);
  const publication: Publication = {
    number,
    galley: 1_000 + number,
    firstPage,
    lastPage: firstPage + choice.between(6, 14),
    published: new Date(published).toISOString().slice(0, 10),
    baseUrl: `https://${HOST}`,
  };
  return {
    identifier: `oai:${HOST}:article/${number}`,
    datestamp: `${new Date(touched).toISOString().slice(0, 19)}Z`,
    setSpecs: [`${article.journal}:${article.section}`],
    deleted,
    metadata: deleted ? {} : { oai_dc: writeArticleDublinCore(article, publication) },
  };
}

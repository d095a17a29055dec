import type { Article, Bilingual } from "./article.ts";
import { APPROACHES, FIELDS } from "./article-topics.ts";
import { choosePerson, writeName } from "./person-names.ts";
import type { SeededChoice } from "./seeded-choice.ts";

/** An article put together from the phrases of one field, the same in both languages. */
export function composeArticle(choice: SeededChoice): Article {
  const field = choice.pick(FIELDS);
  const object = choice.pick(field.objects);
  const setting = choice.pick(field.settings);
  return {
    journal: field.journal,
    section: choice.happens(0.15) ? "REV" : "ART",
    title: join(choice.pick(APPROACHES), object, setting),
    authors: Array.from({ length: choice.between(1, 4) }, () => writeName(choosePerson(choice))),
    abstract: join(openingOf(object, setting), choice.pick(field.methods), ...choice.pickSome(field.results, 2)),
    keywords: [field.subject, capitalise(object)],
    year: choice.between(2015, 2024),
    issue: choice.between(1, 4),
  };
}

function openingOf(object: Bilingual, setting: Bilingual): Bilingual {
  return {
    vi: `Bài báo trình bày ${object.vi} ${setting.vi}.`,
    en: `This paper deals with ${object.en} ${setting.en}.`,
  };
}

function join(...phrases: readonly Bilingual[]): Bilingual {
  return { vi: phrases.map(({ vi }) => vi).join(" "), en: phrases.map(({ en }) => en).join(" ") };
}

function capitalise({ vi, en }: Bilingual): Bilingual {
  return { vi: vi.slice(0, 1).toUpperCase() + vi.slice(1), en: en.slice(0, 1).toUpperCase() + en.slice(1) };
}

import { isPrivateAddress } from "../../../src/crosswalk/private-address.ts";
import { readLanguage, readType } from "../../values.ts";
import { type DcValue, PlainDublinCore } from "../oai-dc/dublin-core.ts";

/** The page of a galley (PDF, HTML, EPUB of an article) stands below that of the article: `article/view/123/456`. */
const GALLEY = /^https?:\/\/\S+\/article\/(?:view|viewFile|download)\/[^/]+\/[^/?#]+/i;

/**
 * A record of OJS: plain Dublin Core in which OJS always means the same, so that values can be said more of than their element
 * does. Titles, abstracts and sources come once a language of the journal; those in the language of the article come first.
 */
export class OjsArticle extends PlainDublinCore {
  readonly #values = new Map<string, readonly DcValue[]>();

  override values(element: string): readonly DcValue[] {
    const known = this.#values.get(element);
    if (known !== undefined) return known;
    const values = this.#read(element);
    this.#values.set(element, values);
    return values;
  }

  /** The addresses of the galleys. */
  get galleys(): readonly DcValue[] {
    return super.values("relation").filter(({ text }) => GALLEY.test(text) && !isPrivateAddress(text));
  }

  #read(element: string): readonly DcValue[] {
    switch (element) {
      case "title":
        return this.#titles();
      case "description":
        return this.#ownLanguageFirst(element).map((value) => ({ ...value, refinement: "abstract" }));
      case "source":
        return this.#ownLanguageFirst(element);
      case "relation": {
        const galleys = new Set(this.galleys.map(({ node }) => node));
        return super.values(element).filter(({ node }) => !galleys.has(node));
      }
      // OJS puts the sponsors of an article into dc:contributor
      case "contributor":
        return [];
      case "funding":
        return super.values("contributor").map((value) => ({ ...value, refinement: "funderName" }));
      case "type":
        return this.#types();
      default:
        return super.values(element);
    }
  }

  /** A title in another language than the first one is its translation. */
  #titles(): readonly DcValue[] {
    const [main, ...others] = this.#ownLanguageFirst("title");
    if (main === undefined) return [];
    const language = languageOf(main);
    return [
      main,
      ...others.map((value) => ({
        ...value,
        refinement: languageOf(value) === language ? "alternative" : "translated",
      })),
    ];
  }

  #ownLanguageFirst(element: string): readonly DcValue[] {
    const language = readLanguage(super.values("language")[0]?.text ?? "");
    const values = super.values(element);
    const own = values.filter((value) => language !== null && languageOf(value) === language);
    return [...own, ...values.filter((value) => !own.includes(value))];
  }

  /** Beside the terms of OpenAIRE stands how the section calls its articles; in no vocabulary it says nothing more. */
  #types(): readonly DcValue[] {
    const values = super.values("type");
    const known = values.filter(({ text }) => /^info:eu-repo\//i.test(text) || readType(text) !== null);
    return known.length > 0 ? known : values;
  }
}

function languageOf({ lang }: DcValue): string | null {
  return lang === null ? null : readLanguage(lang);
}

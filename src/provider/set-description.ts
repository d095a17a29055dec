import { feedSetDescribed } from "../../mappings/set-descriptions.ts";
import { DC, OAI_DC, XSI } from "../oai/namespaces.ts";
import type { OaiSet, SetDescription, WrittenText } from "../oai/types.ts";
import type { Db } from "../store/database.ts";
import { findBaseUrls } from "../store/repositories.ts";
import { escapeAttribute, escapeText } from "../xml/escape.ts";
import { publicAddress } from "./any-uri.ts";
import { isPublic } from "./descriptions.ts";

const OF_REPOSITORY = "inst:";

/** The sets with what is to be said of them; one that has its own description keeps it. */
export async function describeSets(db: Db, sets: readonly OaiSet[]): Promise<readonly OaiSet[]> {
  const codes = sets.flatMap(({ setSpec }) => (setSpec.startsWith(OF_REPOSITORY) ? [codeOf(setSpec)] : []));
  const baseUrls = await findBaseUrls(db, codes);
  return sets.map((set) => {
    const baseUrl = set.setSpec.startsWith(OF_REPOSITORY) ? baseUrls.get(codeOf(set.setSpec)) : undefined;
    const source = baseUrl !== undefined && isPublic(baseUrl) ? publicAddress(baseUrl) : null;
    const description = set.description ?? feedSetDescribed(set, source);
    return description === null ? set : { ...set, description };
  });
}

/** A set of ListSets (OAI-PMH 2.0 §4.6); what is said of it as Dublin Core, as the protocol's own example has it. */
export function setElement({ setSpec, setName, description }: OaiSet): string {
  const about = description === undefined ? "" : descriptionElement(description);
  return `<set><setSpec>${escapeText(setSpec)}</setSpec><setName>${escapeText(setName)}</setName>${about}</set>`;
}

function descriptionElement({ titles, texts, source }: SetDescription): string {
  const elements = [
    ...titles.map((text) => element("dc:title", text)),
    ...texts.map((text) => element("dc:description", text)),
    ...(source === null ? [] : [element("dc:source", { language: null, value: source })]),
  ];
  const schema = `xmlns:xsi="${XSI}" xsi:schemaLocation="${OAI_DC} http://www.openarchives.org/OAI/2.0/oai_dc.xsd"`;
  return `<setDescription><oai_dc:dc xmlns:oai_dc="${OAI_DC}" xmlns:dc="${DC}" ${schema}>${elements.join("")}</oai_dc:dc></setDescription>`;
}

function element(name: string, { language, value }: WrittenText): string {
  const attribute = language === null ? "" : ` xml:lang="${escapeAttribute(language)}"`;
  return `<${name}${attribute}>${escapeText(value)}</${name}>`;
}

function codeOf(setSpec: string): string {
  return setSpec.slice(OF_REPOSITORY.length);
}

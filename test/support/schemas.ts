import { closeSync, existsSync, openSync, readFileSync, readSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { XmlDocument, XmlLibError, XsdValidator, xmlRegisterInputProvider } from "libxml2-wasm";
import { sharedFolder } from "./shared.ts";

const FOLDER = `${sharedFolder ?? ""}xsd/`;
/** The schema of our own format: the shared schemas do not know it, and payloads are validated strictly. */
const CR_SCHEMA = fileURLToPath(new URL("../../mappings/outgoing/cr/cr.xsd", import.meta.url));

/**
 * Formats whose schema is not among the shared ones: OAI-PMH.xsd wants to know what stands in <metadata>, so of them the answer
 * can be judged only with other metadata in its place.
 */
export const SCHEMA_UNKNOWN: ReadonlySet<string> = new Set(["oai_qdc", "oai_openaire", "oai_datacite"]);

/** False: the schemas are not here and nothing can be validated; tests that need them are skipped. */
export const schemasPresent: boolean = sharedFolder !== null && existsSync(`${FOLDER}all.xsd`);

let validator: XsdValidator | null = null;

/**
 * What is wrong with a whole OAI-PMH answer, judged by OAI-PMH.xsd with strict payloads; empty where it is valid. An
 * answer that is not well-formed is a complaint too. Throws where the schemas are not here.
 */
export async function schemaComplaints(xml: string): Promise<readonly string[]> {
  validator ??= compileSchemas();
  let document: XmlDocument | null = null;
  try {
    document = XmlDocument.fromString(xml);
    validator.validate(document);
    return [];
  } catch (error) {
    if (!(error instanceof XmlLibError)) throw error;
    return error.details.map(({ line, message }) => `line ${line}: ${message.trim()}`);
  } finally {
    document?.dispose();
  }
}

function compileSchemas(): XsdValidator {
  if (!schemasPresent) throw new Error("the schemas of ../shared are not here: skip the test unless schemasPresent");
  xmlRegisterInputProvider(catalogProvider(readCatalog()));
  const ours = existsSync(CR_SCHEMA) ? importOf(CR_SCHEMA) : "";
  const umbrella = readFileSync(`${FOLDER}all.xsd`, "utf8").replace("</xs:schema>", `${ours}</xs:schema>`);
  return XsdValidator.fromDoc(XmlDocument.fromString(umbrella, { url: `${FOLDER}all.xsd` }));
}

function importOf(file: string): string {
  const namespace = /targetNamespace="([^"]+)"/.exec(readFileSync(file, "utf8"))?.[1];
  if (namespace === undefined) throw new Error(`${file} has no targetNamespace`);
  return `<xs:import namespace="${namespace}" schemaLocation="${file}"/>`;
}

interface CatalogRule {
  readonly start: string;
  /** True: whatever begins with `start` is meant, and its rest stays. */
  readonly prefix: boolean;
  readonly path: string;
}

/** The XML catalog beside the schemas: which file stands for which address. */
function readCatalog(): readonly CatalogRule[] {
  const catalog = readFileSync(`${FOLDER}catalog.xml`, "utf8");
  const rules = catalog.matchAll(
    /<(rewriteURI|uri) (?:uriStartString|name)="([^"]+)" (?:rewritePrefix|uri)="([^"]+)"/g,
  );
  return [...rules].map(([, kind, start = "", path = ""]) => ({ start, prefix: kind === "rewriteURI", path }));
}

/** Hands libxml2 files only: an address outside the catalog is not found, so that nothing asks the network. */
function catalogProvider(rules: readonly CatalogRule[]) {
  const fileOf = (address: string): string => {
    const rule = rules.find(({ start, prefix }) => (prefix ? address.startsWith(start) : address === start));
    return rule === undefined ? address : `${FOLDER}${rule.path}${address.slice(rule.start.length)}`;
  };
  return {
    match: (address: string) => existsSync(fileOf(address)),
    open: (address: string) => openSync(fileOf(address), "r"),
    read: (file: number, buffer: Uint8Array) => readSync(file, buffer, 0, buffer.byteLength, null),
    close: (file: number) => {
      closeSync(file);
      return true;
    },
  };
}

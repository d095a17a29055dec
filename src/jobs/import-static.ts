import type { MetadataFormat } from "../oai/types.ts";
import type { StoredIdentity } from "../store/schema.ts";
import { parseDocument } from "../xml/document.ts";
import type { XmlElement } from "../xml/element.ts";
import { ImportFailure } from "./import-failure.ts";

/** What a static repository says of itself. */
export interface StaticRepository {
  readonly identity: StoredIdentity;
  /** Where a gateway serves it. */
  readonly baseUrl: string | null;
  readonly formats: readonly MetadataFormat[];
}

/** How the root of a static repository begins, whatever prefix it has; comments may stand before it. */
const STATIC_ROOT = /<(?:[\w.-]+:)?Repository[\s>]/;

/**
 * Reads what is left of a static repository without its records (OAI "Specification for an OAI Static Repository" §3.2):
 * Identify and ListMetadataFormats, which look as in OAI-PMH. `null` where the document is none. Throws `XmlError`.
 */
export async function readStaticRepository(envelope: string): Promise<StaticRepository | null> {
  if (!STATIC_ROOT.test(envelope)) return null;
  const root = await parseDocument(envelope);
  if (root.local !== "Repository") return null;
  const identify = root.child("Identify");
  const list = root.child("ListMetadataFormats");
  if (identify === null || list === null)
    throw new ImportFailure(`the static repository has no <${identify === null ? "Identify" : "ListMetadataFormats"}>`);
  return {
    identity: identityOf(identify),
    baseUrl: textOf(identify, "baseURL"),
    formats: list.childrenNamed("metadataFormat").map(formatOf),
  };
}

/** A static repository knows days only, and no deletions (§3.2). */
function identityOf(identify: XmlElement): StoredIdentity {
  return {
    repositoryName: textOf(identify, "repositoryName"),
    protocolVersion: textOf(identify, "protocolVersion"),
    adminEmails: identify.childrenNamed("adminEmail").map((email) => email.text.trim()),
    earliestDatestamp: textOf(identify, "earliestDatestamp"),
    deletedRecord: "no",
    granularity: "day",
  };
}

function formatOf(element: XmlElement): MetadataFormat {
  return {
    metadataPrefix: textOf(element, "metadataPrefix") ?? "",
    schema: textOf(element, "schema") ?? "",
    namespace: textOf(element, "metadataNamespace") ?? "",
  };
}

function textOf(element: XmlElement, name: string): string | null {
  return element.child(name)?.text.trim() || null;
}

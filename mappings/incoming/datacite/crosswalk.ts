import type { IncomingCrosswalk } from "../../../src/crosswalk/crosswalk.ts";
import { type Mapped, mapped } from "../../../src/crosswalk/source.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import type { XmlElement } from "../../../src/xml/element.ts";
import { XmlError } from "../../../src/xml/errors.ts";
import { dublinCoreFields } from "../oai-dc/crosswalk.ts";
import { QualifiedDublinCore } from "../oai-dc/qualified-dublin-core.ts";
import { contributors, creators } from "./agents.ts";
import { funding } from "./funding.ts";
import { statementsOf } from "./statements.ts";

/** The DataCite Metadata Schema, kernels 2 to 4, bare or in the wrapper of `oai_datacite`. */
export const datacite: IncomingCrosswalk<QualifiedDublinCore> = {
  id: "datacite",
  version: 1,
  namespaces: [
    "http://datacite.org/schema/kernel-4",
    "http://datacite.org/schema/kernel-3",
    "http://datacite.org/schema/kernel-2.2",
    "http://datacite.org/schema/kernel-2.1",
    "http://datacite.org/schema/nonexistant",
    "http://schema.datacite.org/oai/oai-1.1/",
    "http://schema.datacite.org/oai/oai-1.0/",
  ],
  open,
  fields: { ...dublinCoreFields, creators, contributors, funding, version },
};

/** Opens `<resource>`, or the one in the payload of `<oai_datacite>`. */
function open(metadata: XmlElement): QualifiedDublinCore {
  const resource = metadata.local === "resource" ? metadata : (metadata.child("payload")?.child("resource") ?? null);
  if (resource === null) throw new XmlError(`<${metadata.name}> holds no DataCite <resource>`);
  return new QualifiedDublinCore(resource, statementsOf(resource));
}

/** The number of the version of data or software. */
function version(source: QualifiedDublinCore): Mapped<NonNullable<CommonRecord["version"]>> | null {
  const element = source.root.child("version");
  const { text } = element === null ? { text: "" } : source.read(element);
  return element === null || text === "" ? null : mapped({ label: text }, element);
}

import { incomingCrosswalks, incomingNamed } from "../../mappings/index.ts";
import { applyCrosswalk, type Mapping } from "../crosswalk/apply.ts";
import type { IncomingCrosswalk } from "../crosswalk/crosswalk.ts";
import type { XmlElement } from "../xml/element.ts";

/** Maps the metadata of a record that was given by hand, by the crosswalk chosen or the one that its namespace names. */
export function mapInput(
  identifier: string | null,
  metadata: XmlElement,
  chosen: IncomingCrosswalk | null,
): { readonly crosswalk: IncomingCrosswalk; readonly mapping: Mapping } {
  const crosswalk = chosen ?? crosswalkFor(metadata);
  const context = { identifier: identifier ?? "oai:example:1", defaultAccessRights: null };
  return { crosswalk, mapping: applyCrosswalk(crosswalk, metadata, context) };
}

/** The crosswalk of that name; throws with the names there are. */
export function crosswalkNamed(name: string): IncomingCrosswalk {
  const crosswalk = incomingNamed(name);
  if (crosswalk === null) throw new Error(`there is no crosswalk "${name}"; there are ${knownCrosswalks()}`);
  return crosswalk;
}

function crosswalkFor({ name, namespace }: XmlElement): IncomingCrosswalk {
  const crosswalk = incomingCrosswalks.find((candidate) => candidate.namespaces.includes(namespace));
  if (crosswalk === undefined) {
    const advice = `choose one with --crosswalk: ${knownCrosswalks()}`;
    throw new Error(`no crosswalk reads <${name}> in the namespace "${namespace}"; ${advice}`);
  }
  return crosswalk;
}

function knownCrosswalks(): string {
  return incomingCrosswalks.map(({ id }) => id).join(", ");
}

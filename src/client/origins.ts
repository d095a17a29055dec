import { PROVENANCE } from "../oai/namespaces.ts";
import type { Origin } from "../oai/types.ts";
import type { XmlElement } from "../xml/element.ts";

/** Nobody harvests from an aggregator of an aggregator of an aggregator of … */
const DEEPEST = 8;
/** Whatever is longer is no identifier and no address. */
const LONGEST = 2_000;

/**
 * Where a record was before it came to the repository that sends it, the last station first: the first `originDescription` of its
 * `about`, and those within (OAI-PMH guidelines, provenance). The chain ends before a station that does not say all that the
 * schema demands: who it came from would be a guess.
 */
export function readOrigins(record: XmlElement): readonly Origin[] {
  const origins: Origin[] = [];
  let station = descriptionIn(
    record
      .childrenNamed("about")
      .flatMap(({ elements }) => elements)
      .find(isProvenance),
  );
  while (station !== null && origins.length < DEEPEST) {
    const origin = originOf(station);
    if (origin === null) break;
    origins.push(origin);
    station = descriptionIn(station);
  }
  return origins;
}

function isProvenance({ namespace, local }: XmlElement): boolean {
  return namespace === PROVENANCE && local === "provenance";
}

function descriptionIn(element: XmlElement | undefined): XmlElement | null {
  return element?.child("originDescription") ?? null;
}

function originOf(station: XmlElement): Origin | null {
  const text = (name: string) => station.child(name)?.text.trim() ?? "";
  const told = {
    baseUrl: text("baseURL"),
    identifier: text("identifier"),
    datestamp: text("datestamp"),
    metadataNamespace: text("metadataNamespace"),
    harvestDate: station.attribute("harvestDate")?.trim() ?? "",
  };
  const altered = ALTERED.get(station.attribute("altered")?.trim() ?? "");
  const isWhole = Object.values(told).every((value) => value !== "" && value.length <= LONGEST);
  return isWhole && altered !== undefined ? { ...told, altered } : null;
}

/** The words of XML Schema for true and false. */
const ALTERED: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["1", true],
  ["false", false],
  ["0", false],
]);

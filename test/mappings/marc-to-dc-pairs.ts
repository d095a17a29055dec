import { readdirSync, readFileSync } from "node:fs";
import { readMarcXml } from "../../src/marc/marcxml.ts";
import type { MarcRecord } from "../../src/marc/record.ts";
import type { XmlElement } from "../../src/xml/element.ts";
import { parseXml } from "../../src/xml/parse.ts";
import { sharedFolder } from "../support/shared.ts";

const FOLDER = `${sharedFolder}fixtures/marc-to-dc-pairs/`;

/** A MARC record and what the stylesheets of the Library of Congress made of it. */
export interface MarcPair {
  /** File and position: `pymarc__marc 3`. */
  readonly name: string;
  readonly marc: XmlElement;
  readonly record: MarcRecord;
  readonly dublinCore: XmlElement;
  readonly mods: XmlElement;
}

/** All pairs of `shared/fixtures/marc-to-dc-pairs`; none where the folder is absent. */
export function marcPairs(): readonly MarcPair[] {
  if (sharedFolder === null) return [];
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith(".marc.xml"))
    .flatMap((file) => pairsOf(file.slice(0, -".marc.xml".length)));
}

function pairsOf(name: string): readonly MarcPair[] {
  const [marcs, cores, mods] = ["marc", "oai_dc", "mods37"].map((format) =>
    childrenOf(`${FOLDER}${name}.${format}.xml`),
  );
  if (marcs === undefined || marcs.length !== cores?.length || marcs.length !== mods?.length)
    throw new Error(`${name}: the files of the pair hold different numbers of records`);
  return marcs.map((marc, index) => ({
    name: `${name} ${index + 1}`,
    marc,
    record: readMarcXml(marc),
    dublinCore: cores[index] as XmlElement,
    mods: mods[index] as XmlElement,
  }));
}

function childrenOf(file: string): readonly XmlElement[] {
  return parseXml(readFileSync(file, "utf8")).elements;
}

// Copies what is read at run time but is not TypeScript into dist/, beside the code that reads it.
import { cpSync } from "node:fs";

const ASSETS = ["harvesters/vietnam.tsv", "mappings/tables", "mappings/outgoing/cr/cr.xsd", "web"];

for (const asset of ASSETS) cpSync(asset, `dist/${asset}`, { recursive: true });

// Copies what is read at run time but is not TypeScript into dist/ (or the folder named), beside the code that reads it.
import { cpSync } from "node:fs";

const ASSETS = ["harvesters/vietnam.tsv", "mappings/tables", "mappings/outgoing/cr/cr.xsd", "web"];

const [, , folder = "dist"] = process.argv;

for (const asset of ASSETS) cpSync(asset, `${folder}/${asset}`, { recursive: true });

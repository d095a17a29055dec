// Copies what is read at run time but is not TypeScript into dist/, beside the code that reads it.
import { cpSync } from "node:fs";

for (const folder of ["mappings/tables", "web"]) cpSync(folder, `dist/${folder}`, { recursive: true });

import { mapped } from "../../../src/crosswalk/source.ts";
import { type FieldReader, present, withValue } from "./field.ts";
import { withoutIsbd } from "./isbd.ts";

/** LoC MARC 21 536: $a who paid, $c or $b the number of the grant or contract, $f that of the project. */
export const funding: FieldReader<"funding"> = (marc, note) =>
  marc.fields("536").flatMap((field) => {
    const [funder] = withValue(field.all("a"), note);
    const number = field.first("c") ?? field.first("b") ?? field.first("f");
    field.drop("bdefgh");
    if (funder === undefined && number === null) return [];
    const value = present({
      funderName: withoutIsbd(funder?.value ?? ""),
      awardNumber: withoutIsbd(number?.value ?? ""),
    });
    return [mapped(value, ...[funder ?? null, number].filter((node) => node !== null))];
  });

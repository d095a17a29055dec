import fc from "fast-check";
import type { MarcField, MarcRecord } from "../../src/marc/record.ts";

const letters = [..."aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂĐÊÔƠƯáàảãạếềểễệợứữ漢喃 0123456789.,:;/&<>\"'$|"];

/** Vietnamese text with what has a meaning in MARC or XML, surrogate pairs and decomposed letters. */
export const anyText = fc.string({
  unit: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...letters) }, fc.constantFrom("𠀀", "e\u0302\u0301", "😀")),
  maxLength: 40,
});

const anyControlField = fc.record({ tag: fc.constantFrom("001", "003", "005", "008"), value: anyText });
const anyDataField = fc.record({
  tag: fc.integer({ min: 10, max: 999 }).map((tag) => String(tag).padStart(3, "0")),
  indicator1: fc.constantFrom(..." 0123456789a"),
  indicator2: fc.constantFrom(..." 0123456789z"),
  subfields: fc.array(fc.record({ code: fc.constantFrom(..."abcdefghijklmnopqrstuvwxyz0123456789"), value: anyText }), {
    minLength: 1,
    maxLength: 6,
  }),
});
const anyLeader = fc
  .tuple(fc.constantFrom(..."acdnp"), fc.constantFrom(..."aegt"), fc.constantFrom(..."ms"), fc.constantFrom(..." 17"))
  .map(([status, type, level, encoding]) => `00000${status}${type}${level} a2200000${encoding}i 4500`);

/** A record that is sound: control fields first, every tag, indicator and code as MARC 21 has them. */
export const anyRecord: fc.Arbitrary<MarcRecord> = fc
  .tuple(anyLeader, fc.array(anyControlField, { maxLength: 4 }), fc.array(anyDataField, { maxLength: 12 }))
  .map(([leader, control, data]) => ({ leader, fields: [...control, ...data] satisfies MarcField[] }));

const anything = fc.string({ unit: "binary", maxLength: 4 });

/** A record as no cataloguer would make it. */
export const anyDamagedRecord: fc.Arbitrary<MarcRecord> = fc.record({
  leader: fc.oneof(fc.string({ unit: "binary", maxLength: 30 }), fc.string({ minLength: 24, maxLength: 24 })),
  fields: fc.array(
    fc.oneof(
      fc.record({ tag: anything, value: anything }),
      fc.record({
        tag: fc.oneof(anything, fc.constantFrom("001", "245", "FMT", "fmt", "fMt", "000")),
        indicator1: anything,
        indicator2: anything,
        subfields: fc.array(fc.record({ code: anything, value: anything }), { maxLength: 3 }),
      }),
    ),
    { maxLength: 5 },
  ),
});

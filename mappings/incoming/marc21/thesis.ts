import { parseDate } from "../../../src/crosswalk/dates.ts";
import type { MarcNode, MarcSource } from "../../../src/crosswalk/marc-source.ts";
import { grantsDegrees } from "../../../src/crosswalk/organizations.ts";
import { isThesis, levelOfType } from "../../../src/crosswalk/resource-types.ts";
import { mapped } from "../../../src/crosswalk/source.ts";
import { type FieldReader, present } from "./field.ts";
import { withoutIsbd } from "./isbd.ts";
import { relatorsOf } from "./relators.ts";
import { typeOf } from "./resource-type.ts";
import { thesisStatement } from "./thesis-note.ts";

/** The degree granting institution of 710, and the department below it. */
interface Grantor {
  readonly name: string;
  readonly department: string | null;
  readonly node: MarcNode;
}

const DEPARTMENT = /^(?:khoa|bộ môn|department|faculty|school)(?!\p{L})/iu;
const silent = () => undefined;

/** 502 (structured, or read out of $a), the degree granting institution of 710; `null` for anything but theses. */
export const thesis: FieldReader<"thesis"> = (marc) => {
  const type = marc.kept(typeOf).result;
  const statement = marc.kept(thesisStatement);
  if (statement === null && (type === null || !isThesis(type.value))) return null;
  const body = statement === null || statement.grantor === null ? grantorOf(marc) : null;
  const grantor = statement?.grantor ?? body?.name;
  const value = present({
    degreeName: statement?.degreeName,
    level: statement?.level ?? (type === null ? null : levelOfType(type.value)),
    discipline: statement?.discipline,
    grantor: grantor === undefined ? null : { name: grantor },
    department: statement?.department ?? body?.department,
    defenceDate: parseDate(statement?.date ?? "")?.value,
  });
  if (Object.keys(value).length === 0) return null;
  return mapped(value, ...(statement?.from ?? []), ...(body === null ? [] : [body.node]));
};

/** The body of 710 that `$e` or `$4` calls the degree granting institution, else the first one that is a university. */
function grantorOf(marc: MarcSource): Grantor | null {
  const bodies = marc.fields("710").flatMap((field) => {
    const node = field.first("a");
    if (node === null) return [];
    const department = field.all("b").find(({ value }) => DEPARTMENT.test(value)) ?? null;
    const granting = relatorsOf(field, silent).includes("dgg");
    const name = withoutIsbd(node.value);
    return [{ name, department: department === null ? null : withoutIsbd(department.value), node, granting }];
  });
  return bodies.find(({ granting }) => granting) ?? bodies.find(({ name }) => grantsDegrees(name)) ?? null;
}

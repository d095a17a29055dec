import type { ComponentChildren } from "preact";

/** A number that stands for itself, with its name; in a `dl` of the class `totals`. */
export function Total({ label, value }: { readonly label: string; readonly value: ComponentChildren }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

import { totalOf } from "../../store/consumer-days.ts";
import type { Use } from "../use.ts";
import { Total } from "./total.tsx";
import type { View } from "./view.ts";

/** Every browser says this name first. */
const BROWSERS = "Mozilla";

/** How much the feed is used, and by which programs; nothing while nobody has used it. */
export function UseOfFeed({ use, view }: { readonly use: Use; readonly view: View }) {
  const { messages, format } = view;
  const { requests, records, lists } = totalOf(use.surfaces);
  if (requests === 0) return null;
  return (
    <section>
      <h2>{messages.use}</h2>
      <dl class="totals">
        <Total label={messages.useRequests} value={format.number(requests)} />
        <Total label={messages.useRecords} value={format.number(records)} />
        <Total label={messages.useLists} value={format.number(lists)} />
      </dl>
      {use.products.length === 0 ? null : <Programs use={use} view={view} />}
    </section>
  );
}

function Programs({ use, view: { messages, format } }: { readonly use: Use; readonly view: View }) {
  return (
    <>
      <p class="quiet">{messages.usePrograms}</p>
      <ul class="programs">
        {use.products.map(({ name, records }) => (
          <li key={name}>
            {name === BROWSERS ? messages.useBrowsers : name}
            <small>{format.number(records)}</small>
          </li>
        ))}
      </ul>
    </>
  );
}

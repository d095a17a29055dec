import type { ExplainedField, ExplainedText, ExplainedValue, Explanation } from "../explanation.ts";
import { valueText } from "../value-text.ts";
import type { View } from "./view.ts";

/** Every value of a record beside the texts of the source that it was made from, and what was left over. */
export function ValueTable({ explanation, view }: { readonly explanation: Explanation; readonly view: View }) {
  const { messages } = view;
  const { fields, unread, isPresent } = explanation;
  return (
    <>
      <p class="quiet">{isPresent ? messages.valuesText : messages.olderRules}</p>
      <table class="values">
        <thead>
          <tr>
            <th scope="col">{messages.field}</th>
            <th scope="col">{messages.value}</th>
            <th scope="col">{messages.origin}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => field.values.map((value) => <Row field={field} value={value} view={view} />))}
        </tbody>
      </table>
      {unread.length === 0 ? null : (
        <>
          <h3>{messages.unread}</h3>
          <p class="quiet">{messages.unreadText}</p>
          <ul>
            {unread.map(({ path, value }) => (
              <li key={path}>
                <code>{path}</code> {value}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Row({
  field,
  value,
  view,
}: {
  readonly field: ExplainedField;
  readonly value: ExplainedValue;
  readonly view: View;
}) {
  const { messages, language } = view;
  const { text, more } = valueText(value.value, language);
  return (
    <tr>
      <th scope="row">
        {field.label[language]}
        <small>{field.field}</small>
      </th>
      <td data-label={messages.value} class="value">
        {text}
        {more === "" ? null : <small>{more}</small>}
      </td>
      <td data-label={messages.origin} class="value">
        {value.from.map((from) => (
          <Origin key={from.path} from={from} view={view} />
        ))}
        {value.from.length === 0 && value.override === null ? <small>{messages.ofEnvelope}</small> : null}
        {value.override === null ? null : <small>{messages.byOverride}</small>}
      </td>
    </tr>
  );
}

function Origin({ from, view }: { readonly from: ExplainedText; readonly view: View }) {
  const { path, text, repairs } = from;
  return (
    <div class="origin">
      {text}
      <small>
        <code>{path}</code>
      </small>
      {repairs.length === 0 ? null : (
        <small>
          {view.messages.mended} {repairs.join(", ")}
        </small>
      )}
    </div>
  );
}

import { fromStored, mainTitle } from "../../record/common-record.ts";
import { formatOf } from "../format.ts";
import { type Language, messagesOf } from "../messages/messages.ts";
import { FactList } from "../parts/fact-list.tsx";
import { Layout } from "../parts/layout.tsx";
import { RemarkList } from "../parts/remark-list.tsx";
import { Time } from "../parts/time.tsx";
import { ValueTable } from "../parts/value-table.tsx";
import type { View } from "../parts/view.ts";
import type { RecordDetails } from "../record-details.ts";

/** The page of one record: what is published of it, where each value came from, and what its repository sent. */
export function RecordPage(props: {
  readonly details: RecordDetails;
  readonly prefixes: readonly string[];
  readonly language: Language;
  readonly name: string;
}) {
  const { details, prefixes, language, name } = props;
  const { record, repository, explanation } = details;
  const view: View = { language, messages: messagesOf(language), format: formatOf(language) };
  const { messages } = view;
  const title = record.published === null ? null : mainTitle(fromStored(record.published));
  return (
    <Layout language={language} messages={messages} title={title ?? record.oaiIdentifier} name={name}>
      <h1>{title ?? messages.record}</h1>
      {record.deletedReason === null ? null : (
        <p class="held">
          {messages.outOfFeed} {messages[`gone-${record.deletedReason}`]}.
        </p>
      )}
      <Facts details={details} view={view} />
      {record.deletedReason === null ? (
        <Forms identifier={record.oaiIdentifier} prefixes={prefixes} view={view} />
      ) : null}
      {record.issues.length === 0 ? null : (
        <RemarkList remarks={record.issues} platform={repository.platform} view={view} />
      )}
      <section>
        <h2>{messages.values}</h2>
        {explanation === null ? <p>{messages.noTrace}</p> : <ValueTable explanation={explanation} view={view} />}
      </section>
      {record.raw === "" ? null : (
        <details>
          <summary>{messages.asSent}</summary>
          <pre>{record.raw}</pre>
        </details>
      )}
      <p>
        <a href={`/repositories/${repository.code}`}>{messages.backToRepository}</a>
      </p>
    </Layout>
  );
}

function Facts({ details, view }: { readonly details: RecordDetails; readonly view: View }) {
  const { messages, format } = view;
  const { record, repository, explanation } = details;
  const facts = [
    [messages.repository, <a href={`/repositories/${repository.code}`}>{repository.name}</a>],
    [messages.identifier, record.oaiIdentifier],
    [messages.sourceIdentifier, record.sourceIdentifier],
    [messages.lastChanged, <Time date={record.stamp} format={format} />],
    [messages.stampedBySource, format.datestamp(record.sourceDatestamp)],
    [messages.memberOf, record.setSpecs.join(", ")],
    ...(explanation === null ? [] : [[messages.mappedBy, explanation.crosswalk] as const]),
    ...(record.quality === null
      ? []
      : [[messages.quality, format.count(messages.qualityScore, record.quality)] as const]),
  ] as const;
  return <FactList facts={facts} />;
}

function Forms(props: { readonly identifier: string; readonly prefixes: readonly string[]; readonly view: View }) {
  const { identifier, prefixes, view } = props;
  const query = (prefix: string) =>
    new URLSearchParams({ verb: "GetRecord", metadataPrefix: prefix, identifier }).toString();
  return (
    <>
      <p class="quiet">{view.messages.otherForms}</p>
      <ul class="requests">
        {prefixes.map((prefix) => (
          <li key={prefix}>
            <a href={`/oai?${query(prefix)}`}>{prefix}</a>
          </li>
        ))}
      </ul>
    </>
  );
}

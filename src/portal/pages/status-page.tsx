import type { Run } from "../../store/runs.ts";
import { type Format, formatOf } from "../format.ts";
import { type Language, type Messages, messagesOf } from "../messages/messages.ts";
import { Layout } from "../parts/layout.tsx";
import type { RepositoryStatus, Status } from "../status.ts";

interface View {
  readonly messages: Messages;
  readonly format: Format;
}

/** The first page: what is connected, how it fares, how to use the feed. */
export function StatusPage(props: {
  readonly status: Status;
  readonly language: Language;
  readonly name: string;
  readonly oaiUrl: string;
}) {
  const { status, language, name, oaiUrl } = props;
  const view: View = { messages: messagesOf(language), format: formatOf(language) };
  const { messages, format } = view;
  return (
    <Layout language={language} messages={messages} name={name}>
      <h1>{messages.title}</h1>
      <p class="lead">{messages.lead}</p>
      <dl class="totals">
        <Total label={messages.repositories} value={format.number(status.repositories.length)} />
        <Total label={messages.records} value={format.number(status.live)} />
        <Total label={messages.deletedRecords} value={format.number(status.deleted)} />
        <Total
          label={messages.lastUpdate}
          value={status.lastUpdate === null ? messages.never : format.time(status.lastUpdate)}
        />
      </dl>
      {status.repositories.length === 0 ? (
        <p class="empty">{messages.noRepositories}</p>
      ) : (
        <Repositories status={status} view={view} />
      )}
      <Consume oaiUrl={oaiUrl} messages={messages} />
    </Layout>
  );
}

function Total({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Repositories({ status, view }: { readonly status: Status; readonly view: View }) {
  const { messages } = view;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{messages.repository}</th>
          <th scope="col">{messages.state}</th>
          <th scope="col" class="number">
            {messages.recordsLive}
          </th>
          <th scope="col" class="number">
            {messages.recordsDeleted}
          </th>
          <th scope="col">{messages.lastRun}</th>
          <th scope="col">{messages.nextRun}</th>
        </tr>
      </thead>
      <tbody>
        {status.repositories.map((repository) => (
          <Line key={repository.code} repository={repository} view={view} />
        ))}
      </tbody>
    </table>
  );
}

function Line({ repository, view }: { readonly repository: RepositoryStatus; readonly view: View }) {
  const { messages, format } = view;
  return (
    <tr>
      <th scope="row">
        {repository.name}
        <small>{repository.baseUrl}</small>
      </th>
      <td data-label={messages.state}>{messages[repository.state]}</td>
      <td data-label={messages.recordsLive} class="number">
        {format.number(repository.live)}
      </td>
      <td data-label={messages.recordsDeleted} class="number">
        {format.number(repository.deleted)}
      </td>
      <td data-label={messages.lastRun}>
        {repository.lastRun === null ? messages.never : <LastRun run={repository.lastRun} view={view} />}
      </td>
      <td data-label={messages.nextRun}>
        {repository.nextDueAt === null ? messages.byHand : format.time(repository.nextDueAt)}
      </td>
    </tr>
  );
}

function LastRun({ run, view }: { readonly run: Run; readonly view: View }) {
  const { messages, format } = view;
  const outcome = (run.outcome ?? "running") as keyof Messages;
  const counts = (["received", "added", "changed", "unchanged", "rejected"] as const).filter(
    (name) => name === "received" || run[name] > 0,
  );
  return (
    <>
      <span class={`outcome ${outcome}`}>{messages[outcome]}</span> {format.time(run.finished_at ?? run.started_at)}
      <small>{counts.map((name) => `${format.number(run[name])} ${messages[name]}`).join(" · ")}</small>
      {run.failure === null ? null : (
        <small>
          {messages.reason}: {run.failure}
        </small>
      )}
    </>
  );
}

function Consume({ oaiUrl, messages }: { readonly oaiUrl: string; readonly messages: Messages }) {
  const requests = [
    ["Identify", messages.identify],
    ["ListMetadataFormats", messages.formats],
    ["ListSets", messages.sets],
    ["ListRecords&metadataPrefix=oai_dc", messages.listDublinCore],
    ["ListRecords&metadataPrefix=marc21", messages.listMarc],
  ] as const;
  return (
    <section>
      <h2>{messages.consume}</h2>
      <p>
        {messages.consumeText} <code>{oaiUrl}</code>
      </p>
      <ul class="requests">
        {requests.map(([verb, label]) => (
          <li key={verb}>
            <a href={`/oai?verb=${verb}`}>{label}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}

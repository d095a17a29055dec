import { platformNamed } from "../../../harvesters/index.ts";
import { formatOf } from "../format.ts";
import { type Language, messagesOf } from "../messages/messages.ts";
import { Address } from "../parts/address.tsx";
import { FactList } from "../parts/fact-list.tsx";
import { Hint } from "../parts/hint.tsx";
import { IssueTable } from "../parts/issue-table.tsx";
import { Layout } from "../parts/layout.tsx";
import { Quality } from "../parts/quality.tsx";
import { Next } from "../parts/repository-table.tsx";
import { RunTable } from "../parts/run-table.tsx";
import type { View } from "../parts/view.ts";
import type { RepositoryDetails } from "../repository-status.ts";
import { hintOn, remarkAdvice } from "../run-advice.ts";

/** The page of one repository: how it fares, its latest runs, and what there is to mend. */
export function RepositoryPage(props: {
  readonly repository: RepositoryDetails;
  readonly language: Language;
  readonly name: string;
}) {
  const { repository, language, name } = props;
  const view: View = { language, messages: messagesOf(language), format: formatOf(language) };
  const { messages, format } = view;
  const { runs, remarks, quality, issues, platform, proposed } = repository;
  return (
    <Layout language={language} messages={messages} title={repository.name} name={name}>
      <h1>{repository.name}</h1>
      <Facts repository={repository} view={view} />
      {proposed === 0 ? null : <p class="held">{format.count(messages.proposed, proposed)}</p>}
      <section>
        <h2>{messages.runs}</h2>
        {runs.length === 0 ? <p>{messages.never}</p> : <RunTable runs={runs} platform={platform} view={view} />}
      </section>
      {remarks.length === 0 ? null : <Remarks remarks={remarks} platform={platform} view={view} />}
      <Quality quality={quality} platform={platform} view={view} />
      <section>
        <h2>{messages.issues}</h2>
        <p class="quiet">{issues.length === 0 ? messages.noIssues : messages.issuesText}</p>
        {issues.length === 0 ? null : <IssueTable issues={issues} platform={platform} view={view} />}
      </section>
      <p>
        <a href="/">{messages.backToStatus}</a>
      </p>
    </Layout>
  );
}

function Facts({ repository, view }: { readonly repository: RepositoryDetails; readonly view: View }) {
  const { messages, format } = view;
  const { baseUrl, platform, state, live, deleted, nextRun } = repository;
  const facts = [
    [messages.baseUrl, <Address key="address" baseUrl={baseUrl} view={view} />],
    [messages.state, messages[state]],
    ...(platform === null || platform === "generic"
      ? []
      : [[messages.software, platformNamed(platform).name] as const]),
    [messages.records, `${format.number(live)}${deleted === 0 ? "" : `, ${format.count(messages.deleted, deleted)}`}`],
    [messages.nextRun, <Next key="next" nextRun={nextRun} view={view} />],
  ] as const;
  return <FactList facts={facts} />;
}

function Remarks(props: {
  readonly remarks: readonly string[];
  readonly platform: string | null;
  readonly view: View;
}) {
  const { remarks, platform, view } = props;
  const { messages, language } = view;
  return (
    <section>
      <h2>{messages.remarks}</h2>
      <ul>
        {remarks.map((remark) => {
          const hint = hintOn(remark, platform);
          return (
            <li key={remark}>
              {remarkAdvice(remark)?.[language] ?? remark}
              <Hint hint={hint} language={language} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}

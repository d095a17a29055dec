import type { ComponentChildren } from "preact";
import type { FailedJob, RunningJob, WaitingJob } from "../../store/jobs-view.ts";
import type { JobsStatus, Named } from "../status.ts";
import { OutcomeLabel, Why } from "./outcome.tsx";
import { Time } from "./time.tsx";
import type { View } from "./view.ts";

/** What is being harvested, what waits, and what is not complete. */
export function Jobs({ jobs, view }: { readonly jobs: JobsStatus; readonly view: View }) {
  const { messages, format } = view;
  const { running, waiting, waitingTotal, failed } = jobs;
  const more = waitingTotal - waiting.length;
  return (
    <section>
      <h2>{messages.jobs}</h2>
      {running.length + waiting.length === 0 ? <p>{messages.idle}</p> : null}
      <div class="jobs">
        <List title={messages.inHand} jobs={running} line={(job) => <Running job={job} view={view} />} />
        <List title={messages.waiting} jobs={waiting} line={(job) => <Waiting job={job} view={view} />}>
          {more === 0 ? null : <li>{format.count(messages.andMore, more)}</li>}
        </List>
        <List title={messages.wentWrong} jobs={failed} line={(job) => <Failed job={job} view={view} />} />
      </div>
    </section>
  );
}

function List<Job extends { readonly code: string; readonly name: string }>(props: {
  readonly title: string;
  readonly jobs: readonly Job[];
  readonly line: (job: Job) => ComponentChildren;
  readonly children?: ComponentChildren;
}) {
  const { title, jobs, line, children } = props;
  if (jobs.length === 0) return null;
  return (
    <div>
      <h3>{title}</h3>
      <ul>
        {jobs.map((job) => (
          <li key={job.code}>
            <a href={`/repositories/${job.code}`}>{job.name}</a>
            {line(job)}
          </li>
        ))}
        {children}
      </ul>
    </div>
  );
}

/** The worker's machine is nobody's business here; operators see it on the command line. */
function Running({ job: { heldSince, run, remap }, view }: { readonly job: Named<RunningJob>; readonly view: View }) {
  const { messages, format } = view;
  const facts =
    run === null
      ? [remap === null ? messages.planning : messages.remapping]
      : [
          format.count(messages.received, run.received),
          format.count(messages.pages, run.pages),
          format.count(messages.perMinute, run.recordsPerMinute),
          ...(run.cancelRequested ? [messages.cancelling] : []),
        ];
  return (
    <small>
      {messages.since} <Time date={run?.startedAt ?? heldSince} format={format} />: {facts.join(", ")}
    </small>
  );
}

function Waiting({ job, view }: { readonly job: Named<WaitingJob>; readonly view: View }) {
  const { messages, format } = view;
  const later = job.notBefore > job.since;
  return (
    <small>
      {job.trigger === "person" ? messages.askedByPerson : messages.askedBySchedule}, {messages.since}{" "}
      <Time date={job.since} format={format} />
      {later ? (
        <>
          , {messages.notBefore} <Time date={job.notBefore} format={format} />
        </>
      ) : null}
    </small>
  );
}

function Failed({ job, view }: { readonly job: Named<FailedJob>; readonly view: View }) {
  return (
    <>
      <small>
        <OutcomeLabel outcome={job.outcome} view={view} />, <Time date={job.finishedAt} format={view.format} />
      </small>
      <Why diagnosis={job.diagnosis} failure={job.failure} view={view} />
    </>
  );
}

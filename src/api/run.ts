import Type from "typebox";
import { formatDatestamp } from "../oai/datestamp.ts";
import { adviceOn } from "../portal/run-advice.ts";
import type { Run } from "../store/runs.ts";
import { component } from "./component.ts";
import { count, moment, oneOf, orNull, sentences, text } from "./fields.ts";

const missing = Type.Object({
  windows: Type.Array(Type.Object({ from: orNull(text), until: orNull(text), diagnosis: orNull(text) }), {
    description: "Ranges of the repository's datestamps that were not read to their end; null: open.",
  }),
  identifiers: Type.Array(text, {
    description: "Records of the repository that are there and could not be had; at most a hundred are named.",
  }),
});

/** One harvest, sweep or import. */
export const runComponent = component(
  "Run",
  Type.Object({
    id: Type.Integer(),
    repository: Type.String({ description: "Code of the repository." }),
    kind: oneOf(["harvest", "sweep", "import"], "A sweep asks for identifiers alone, to find out what is gone."),
    trigger: oneOf(["schedule", "person"], "Who began it."),
    metadataPrefix: orNull(text),
    startedAt: moment("When it began."),
    finishedAt: orNull(moment("When it ended; null while it goes on.")),
    outcome: orNull(
      Type.String({ description: "How it ended (docs/operate.md), e.g. complete or partial; null while it goes on." }),
    ),
    review: orNull(
      oneOf(["pending", "approved", "rejected", "undone"], "What became of deletions that a person decides about."),
    ),
    diagnosis: orNull(Type.String({ description: "Why it ended like that, in a word." })),
    advice: orNull(sentences),
    details: Type.Array(text, { description: "The particulars, in English, for whoever mends it." }),
    records: Type.Object({
      promised: orNull(count("What the repository said its list has.")),
      received: count("What it sent."),
      added: count("New ones."),
      changed: count("Known ones that it sent in another form."),
      unchanged: count("Known ones as they were."),
      deleted: count("Those of the added, changed and unchanged ones that it calls deleted."),
      rejected: count("Those that could not be read; they are kept, and are not in the feed."),
      repeated: count("Those that it sent twice."),
      withdrawn: count("Those that left the feed because the repository does not have them any more."),
    }),
    missing: orNull(missing),
  }),
);

/** A run as the API shows it: what the page of its repository shows, and of what failed on our side no more than that. */
export function shownRun(run: Run, repository: string): Type.Static<typeof runComponent.schema> {
  const { diagnosis, failure, note, missing } = run;
  const advice = diagnosis === null ? null : adviceOn(diagnosis);
  const details = [diagnosis === "internal" ? null : failure, note].filter((detail) => detail !== null);
  return {
    id: run.run_id,
    repository,
    kind: run.kind,
    trigger: run.trigger,
    metadataPrefix: run.metadata_prefix,
    startedAt: formatDatestamp(run.started_at, "second"),
    finishedAt: run.finished_at === null ? null : formatDatestamp(run.finished_at, "second"),
    outcome: run.outcome,
    review: run.review,
    diagnosis,
    advice: advice === null ? null : { vi: advice.vi, en: advice.en },
    details,
    records: recordsOf(run),
    missing: missing === null ? null : shownMissing(missing, diagnosis),
  };
}

function recordsOf(run: Run) {
  const { received, added, changed, unchanged, deleted, rejected, repeated, withdrawn } = run;
  return {
    promised: run.complete_list_size,
    received,
    added,
    changed,
    unchanged,
    deleted,
    rejected,
    repeated,
    withdrawn,
  };
}

function shownMissing({ windows, identifiers }: NonNullable<Run["missing"]>, reason: string | null) {
  const ranges = windows.map(({ from, until, diagnosis = reason }) => ({ from, until, diagnosis }));
  return { windows: ranges, identifiers: [...identifiers] };
}

import { execFile, execFileSync } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sampleRepositories } from "../../src/demo/sample-repositories.ts";
import { type SampleServer, startSampleServer } from "../../src/demo/sample-server.ts";

/** Debian's libhttp-oai-perl: a client that others wrote. Its modules forget to load Carp. */
const PERL = ["-MCarp", "-MHTTP::OAI"];
const HARVEST = `
  binmode STDOUT, ":utf8";
  my ($url, $prefix) = @ARGV;
  my $list = HTTP::OAI::Harvester->new(baseURL => $url)->ListRecords(metadataPrefix => $prefix, onRecord => sub {
    my $record = shift;
    print join("\\t", $record->identifier, $record->datestamp, $record->is_deleted ? "deleted" : "live",
      defined $record->metadata ? "metadata" : "none"), "\\n";
  });
  die $list->message if $list->is_error;`;

const samples = sampleRepositories();
const run = promisify(execFile);
const present = answers("perl", [...PERL, "-MHTTP::OAI::Harvester", "-e", "1"]);
let server: SampleServer;

function answers(command: string, args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

beforeAll(async () => {
  server = await startSampleServer(samples);
});

afterAll(async () => await server.close());

test.skipIf(present)("skipped: Perl's HTTP::OAI is not here (Debian: libhttp-oai-perl)", () => {});

describe.skipIf(!present)("an independent client", () => {
  const lists = samples.flatMap((sample) => sample.formats.map(({ prefix }) => [sample.name, prefix, sample] as const));

  test.each(lists)("harvests %s whole as %s", async (_name, prefix, sample) => {
    const args = [...PERL, "-e", HARVEST, server.baseUrl(sample), prefix];
    const { stdout } = await run("perl", args, { maxBuffer: 16_000_000 });
    const expected = sample.items.map(({ identifier, datestamp, deleted }) =>
      [identifier, datestamp, deleted ? "deleted" : "live", deleted ? "none" : "metadata"].join("\t"),
    );
    expect(stdout.trim().split("\n").sort()).toEqual(expected.sort());
  });
});

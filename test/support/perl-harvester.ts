import { execFile, execFileSync } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Debian's libhttp-oai-perl: a client that others wrote. Its modules forget to load Carp. */
const PERL = ["-MCarp", "-MHTTP::OAI"];
const HARVEST = `
  binmode STDOUT, ":utf8";
  my ($url, %arguments) = @ARGV;
  my $list = HTTP::OAI::Harvester->new(baseURL => $url)->ListRecords(%arguments, onRecord => sub {
    my $record = shift;
    print join("\\t", $record->identifier, $record->datestamp, $record->is_deleted ? "deleted" : "live",
      defined $record->metadata ? "metadata" : "none"), "\\n";
  });
  die $list->message if $list->is_error;`;

export const PERL_HARVESTER_ABSENT = "skipped: Perl's HTTP::OAI is not here (Debian: libhttp-oai-perl)";

/** Whether HTTP::OAI can be run. */
export const hasPerlHarvester: boolean = answers("perl", [...PERL, "-MHTTP::OAI::Harvester", "-e", "1"]);

/** Harvests a list to its end; a line for each record: identifier, datestamp, `deleted` or `live`, `metadata` or `none`. */
export async function harvestWithPerl(
  baseUrl: string,
  given: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const args = [...PERL, "-e", HARVEST, baseUrl, ...Object.entries(given).flat()];
  const { stdout } = await run("perl", args, { maxBuffer: 16_000_000 });
  return stdout.trim().split("\n");
}

function answers(command: string, args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

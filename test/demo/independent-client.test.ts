import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sampleRepositories } from "../../src/demo/sample-repositories.ts";
import { type SampleServer, startSampleServer } from "../../src/demo/sample-server.ts";
import { harvestWithPerl, hasPerlHarvester, PERL_HARVESTER_ABSENT } from "../support/perl-harvester.ts";

const samples = sampleRepositories();
let server: SampleServer;

beforeAll(async () => {
  server = await startSampleServer(samples);
});

afterAll(async () => await server.close());

test.skipIf(hasPerlHarvester)(PERL_HARVESTER_ABSENT, () => {});

describe.skipIf(!hasPerlHarvester)("an independent client", () => {
  const lists = samples.flatMap((sample) => sample.formats.map(({ prefix }) => [sample.name, prefix, sample] as const));

  test.each(lists)("harvests %s whole as %s", async (_name, prefix, sample) => {
    const harvested = await harvestWithPerl(server.baseUrl(sample), { metadataPrefix: prefix });
    const expected = sample.items.map(({ identifier, datestamp, deleted }) =>
      [identifier, datestamp, deleted ? "deleted" : "live", deleted ? "none" : "metadata"].join("\t"),
    );
    expect(harvested.toSorted()).toEqual(expected.sort());
  });
});

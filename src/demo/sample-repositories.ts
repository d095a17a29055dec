import { catalogueRepository } from "./catalogue-repository.ts";
import { journalRepository } from "./journal-repository.ts";
import type { SampleRepository } from "./sample-repository.ts";
import { thesisRepository } from "./thesis-repository.ts";

/** The three repositories of the demonstration: a DSpace, an OJS and a Koha, as unlike as they are in life. */
export function sampleRepositories(): readonly SampleRepository[] {
  return [thesisRepository(), journalRepository(), catalogueRepository()];
}

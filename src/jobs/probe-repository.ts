import { createHash } from "node:crypto";
import { platformOf } from "../../harvesters/index.ts";
import { type Behaviour, probeBehaviour } from "../client/probe.ts";
import type { ProbeRemark } from "../client/probe-remark.ts";
import { createRepositoryClient, type RepositoryClient } from "../client/repository-client.ts";
import { parseBaseUrl } from "../oai/base-url.ts";
import { getRepository, type Repository, saveProbe, updateRepository } from "../store/repositories.ts";
import { chooseFormat } from "./choose-format.ts";
import { connectionOf } from "./connection-of.ts";
import { withLease } from "./harvest-lease.ts";
import type { Services } from "./services.ts";

/** What a probe found out. */
export interface ProbeResult {
  /** Name of the software, as in `harvesters/platforms`. */
  readonly platform: string;
  readonly metadataPrefix: string;
  readonly behaviour: Behaviour;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** Software is upgraded and mended; three days more or less spread the repositories over the month. */
const PROBE_INTERVAL_DAYS = 30;
const SPREAD_DAYS = 6;
const FAILED_PROBE_DAYS = 1;

/**
 * Asks a repository who it is, what it offers and whether its datestamps can be trusted, and keeps the answers: platform,
 * identity, strategy, and when to ask again. A probe that fails leaves all as it was, is due again a day later and throws
 * what stood in the way. Throws `RepositoryBusy` where somebody else is talking to its host.
 */
export async function probeRepository(
  services: Services,
  repositoryId: number,
  now: Date,
  signal?: AbortSignal,
): Promise<ProbeResult> {
  const { db, http, log } = services;
  const repository = await getRepository(db, repositoryId);
  const about = { repository: repository.code };
  return await withLease(services, { repositoryId, baseUrl: repository.base_url }, async () => {
    try {
      const client = createRepositoryClient(http, repository.base_url, signal, connectionOf(services, repository));
      const result = await probe(services, client, repository, now);
      const { platform, behaviour } = result;
      const { strategy, remarks } = behaviour;
      log.info({ ...about, platform, strategy, remarks, requests: behaviour.asked.length }, "probe finished");
      return result;
    } catch (error) {
      signal?.throwIfAborted();
      log.warn({ ...about, err: error }, "probe failed");
      const dueAt = new Date(now.getTime() + FAILED_PROBE_DAYS * DAY_MS);
      await updateRepository(db, repositoryId, { probe_due_at: dueAt });
      throw error;
    }
  });
}

async function probe(
  { db }: Services,
  client: RepositoryClient,
  repository: Repository,
  now: Date,
): Promise<ProbeResult> {
  const { base_url: baseUrl, code } = repository;
  const { identity, descriptions, movedTo } = await client.identify();
  const signs = { baseUrl, descriptions, repositoryName: identity.repositoryName };
  const formats = await client.listMetadataFormats();
  const { metadataPrefix } = chooseFormat(formats, platformOf(signs), repository.metadata_prefix);
  const found = await probeBehaviour(client, metadataPrefix, identity, now);
  const behaviour = { ...found, remarks: [...found.remarks, ...remarksOnAddress(baseUrl, identity.baseUrl)] };
  const platform = platformOf({ ...signs, headers: found.sample === null ? [] : [found.sample] }).id;
  await saveProbe(db, repository.repository_id, {
    identity,
    platform,
    behaviour,
    strategy: behaviour.strategy,
    probeDueAt: nextProbe(code, now),
    movedTo,
  });
  return { platform, metadataPrefix, behaviour };
}

/** A month later, a few days more or less, always the same for one code. */
export function nextProbe(code: string, now: Date): Date {
  const spread = createHash("sha256").update(code).digest().readUInt32BE() / 2 ** 32 - 0.5;
  return new Date(now.getTime() + (PROBE_INTERVAL_DAYS + spread * SPREAD_DAYS) * DAY_MS);
}

/** Identify has to give the base URL that was asked (OAI-PMH 2.0 §4.2); http or https and a closing slash do not matter. */
function remarksOnAddress(asked: string, said: string | null): readonly ProbeRemark[] {
  return said !== null && sameAddress(asked, said) ? [] : ["base-url-differs"];
}

function sameAddress(one: string, other: string): boolean {
  const normal = (text: string) => {
    const url = parseBaseUrl(text);
    return url === null ? text : `${url.host}${url.pathname.replace(/\/+$/, "")}${url.search}`;
  };
  return normal(one) === normal(other);
}

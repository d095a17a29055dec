import type { Config } from "./config.ts";
import { dumpInProcess } from "./dump-process.ts";
import { isBucketAddress } from "./export/bucket.ts";
import { bucketPlace } from "./export/bucket-place.ts";
import { ExportError } from "./export/errors.ts";
import { folderPlace } from "./export/folder-place.ts";
import type { ObjectStore } from "./export/object-store.ts";
import type { DumpPlan } from "./jobs/nightly-dump.ts";

/** The nightly dump of the settings, or `null` where there is to be none. Throws `ExportError` as `objectStore` does. */
export function dumpPlan(config: Config): DumpPlan | null {
  const { exportTo, exportAt: at, exportKeep: keep } = config;
  if (exportTo === null) return null;
  const place = isBucketAddress(exportTo) ? bucketPlace(exportTo, objectStore(config)) : folderPlace(exportTo);
  return { at, keep, place, baseUrl: feedUrl(config), make: dumpInProcess };
}

/** Where `lienthong serve` answers with these settings. */
export function feedUrl({ publicUrl, port }: Config): string {
  return `${publicUrl ?? `http://localhost:${port}`}/oai`;
}

/** The object store of the settings. Throws `ExportError` where nobody can sign in. */
export function objectStore({ s3Endpoint, s3Region, s3AccessKeyId, s3SecretAccessKey }: Config): ObjectStore {
  if (s3AccessKeyId === null || s3SecretAccessKey === null)
    throw new ExportError("an object store needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, see docs/settings.md");
  const endpoint = s3Endpoint ?? `https://s3.${s3Region}.amazonaws.com`;
  return { endpoint, region: s3Region, accessKeyId: s3AccessKeyId, secretAccessKey: s3SecretAccessKey };
}

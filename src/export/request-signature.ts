import { createHash, createHmac } from "node:crypto";

/** Who asks an object store, and where that stands. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
}

/** A request as far as it is signed. */
export interface SignedRequest {
  readonly method: string;
  /** Without a query. */
  readonly url: URL;
  /** All that are to be signed, with small names; `host` and `x-amz-date` are added. */
  readonly headers: Readonly<Record<string, string>>;
  /** SHA-256 of the body, in hexadecimal digits. */
  readonly bodySha256: string;
}

/** SHA-256 of nothing: the body of a request without one. */
export const EMPTY_SHA256 = createHash("sha256").digest("hex");

const ALGORITHM = "AWS4-HMAC-SHA256";
/** What `encodeURIComponent` leaves and RFC 3986 reserves. */
const RESERVED = /[!'()*]/g;

/**
 * The headers with which a request is sent, `authorization` among them (AWS Signature Version 4 for S3, one chunk; "Authenticating
 * Requests: Using the Authorization Header").
 */
export function signRequest(
  credentials: Credentials,
  request: SignedRequest,
  now: Date,
): Readonly<Record<string, string>> {
  const moment = `${now.toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
  const day = moment.slice(0, 8);
  const { accessKeyId, secretAccessKey, region } = credentials;
  const headers: Readonly<Record<string, string>> = {
    ...request.headers,
    host: request.url.host,
    "x-amz-content-sha256": request.bodySha256,
    "x-amz-date": moment,
  };
  const names = Object.keys(headers).toSorted();
  const signedHeaders = names.join(";");
  const lines = names.map((name) => `${name}:${headers[name]?.trim()}\n`).join("");
  const canonical = [request.method, request.url.pathname, "", lines, signedHeaders, request.bodySha256].join("\n");
  const scope = `${day}/${region}/s3/aws4_request`;
  const key = [day, region, "s3", "aws4_request"].reduce<string | Buffer>(
    (previous, part) => createHmac("sha256", previous).update(part).digest(),
    `AWS4${secretAccessKey}`,
  );
  const toSign = [ALGORITHM, moment, scope, createHash("sha256").update(canonical).digest("hex")].join("\n");
  const signature = createHmac("sha256", key).update(toSign).digest("hex");
  const authorization = `${ALGORITHM} Credential=${accessKeyId}/${scope},SignedHeaders=${signedHeaders},Signature=${signature}`;
  return { ...headers, authorization };
}

/** The path of an object, escaped as signatures demand it. */
export function objectPath(key: string): string {
  const escaped = (part: string) =>
    encodeURIComponent(part).replace(RESERVED, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  return key.split("/").map(escaped).join("/");
}

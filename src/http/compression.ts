import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

/** What we can send, best first; `identity` is the body as it is. */
const ENCODINGS = ["br", "gzip", "identity"] as const;
export type Encoding = (typeof ENCODINGS)[number];

const toGzip = promisify(gzip);
const toBrotli = promisify(brotliCompress);
const PARAMETER = /^\s*([^\s;]+)\s*(?:;\s*q\s*=\s*([\d.]+)\s*)?$/i;

/**
 * The encoding that `Accept-Encoding` likes best (RFC 9110 §12.5.3); of those it likes equally the smaller one. Without
 * the header, or where nothing of ours is acceptable, the body stays as it is: better than no answer.
 */
export function chooseEncoding(acceptEncoding: string | undefined): Encoding {
  const weights = weightsOf(acceptEncoding ?? "");
  const any = weights.get("*");
  const weightOf = (encoding: Encoding) => weights.get(encoding) ?? any ?? 0;
  // identity needs no mention to be acceptable, only to be preferred
  const best = ENCODINGS.toSorted((a, b) => weightOf(b) - weightOf(a))[0] ?? "identity";
  return weightOf(best) > 0 ? best : "identity";
}

/** Compresses as fast as can be: pages of a list are made for one reader, once. */
export async function encode(body: Buffer, encoding: Encoding): Promise<Buffer> {
  if (encoding === "gzip") return await toGzip(body, { level: 1 });
  if (encoding === "br") return await toBrotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
  return body;
}

function weightsOf(header: string): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const part of header.split(",")) {
    const match = PARAMETER.exec(part);
    if (match === null) continue;
    const [, name = "", quality = "1"] = match;
    const weight = Number(quality);
    // "x-gzip" is an old name of gzip (RFC 9110 §8.4.1.3)
    weights.set(name.toLowerCase().replace(/^x-gzip$/, "gzip"), Number.isNaN(weight) ? 0 : weight);
  }
  return weights;
}

import { createHash, createHmac } from "node:crypto";
import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";

/** A small object store on a real socket: it signs as the specification says, by code of its own, and believes nobody. */
export interface StandIn {
  readonly endpoint: string;
  /** What is in it, by `bucket/key`. */
  readonly objects: Map<string, Buffer>;
  /** Method and path of each request, in order. */
  readonly requests: string[];
  /** The status with which a request is answered instead, by its number from 1 on; 0 closes the connection. */
  trouble: (request: number) => number | null;
  close(): Promise<void>;
}

export const KEY = { accessKeyId: "khoa-cong-khai", secretAccessKey: "bi/mat+cua-kho", region: "vn-1" };
const BUCKET = "dumps";
const ERRORS: Readonly<Record<number, string>> = {
  400: "XAmzContentSHA256Mismatch",
  403: "SignatureDoesNotMatch",
  404: "NoSuchBucket",
  503: "SlowDown",
};

export async function startStandIn(): Promise<StandIn> {
  const objects = new Map<string, Buffer>();
  const requests: string[] = [];
  const server = http.createServer((request, response) => {
    void answer(request).then((status) => {
      if (status === 0) return request.socket.destroy();
      const error = `<?xml version="1.0"?><Error><Code>${ERRORS[status]}</Code><Message>said by the store</Message></Error>`;
      response.writeHead(status, { "content-type": "application/xml" });
      const body = request.method === "GET" ? objects.get(nameOf(request)) : "";
      return response.end(status < 300 ? body : request.method === "HEAD" ? "" : error);
    });
  });
  const answer = async (request: http.IncomingMessage): Promise<number> => {
    requests.push(`${request.method} ${request.url}`);
    const number = requests.length;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    return standIn.trouble(number) ?? statusOf(request, Buffer.concat(chunks), objects);
  };
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const standIn: StandIn = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    requests,
    trouble: () => null,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return standIn;
}

function nameOf({ url = "" }: http.IncomingMessage): string {
  return decodeURIComponent(url.slice(1));
}

/** Does what is asked, if it is signed and the body is the one that was signed. */
function statusOf(request: http.IncomingMessage, body: Buffer, objects: Map<string, Buffer>): number {
  const { method, headers } = request;
  if (!isSigned(request)) return 403;
  const digest = createHash("sha256").update(body).digest("hex");
  if (digest !== headers["x-amz-content-sha256"]) return 400;
  if (Number(headers["content-length"] ?? 0) !== body.length) return 400;
  const name = nameOf(request);
  if (method === "HEAD" || method === "GET") return objects.has(name) ? 200 : 404;
  if (!name.startsWith(`${BUCKET}/`)) return 404;
  if (method === "DELETE") {
    objects.delete(name);
    return 204;
  }
  objects.set(name, body);
  return 200;
}

/** AWS Signature Version 4, read from the server's side: the request as it came, by the headers that it says were signed. */
function isSigned({ method, url, headers }: http.IncomingMessage): boolean {
  const [, credential = "", signed = "", signature] =
    /^AWS4-HMAC-SHA256 Credential=(\S+),SignedHeaders=(\S+),Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? "",
    ) ?? [];
  const [key, day = "", region = "", service = "", end = ""] = credential.split("/");
  if (key !== KEY.accessKeyId || region !== KEY.region || service !== "s3" || end !== "aws4_request") return false;
  if (!["host", "x-amz-content-sha256", "x-amz-date"].every((name) => signed.split(";").includes(name))) return false;
  const date = String(headers["x-amz-date"]);
  const sent = Date.parse(date.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, "$1-$2-$3T$4:$5:$6Z"));
  if (!date.startsWith(day) || !(Math.abs(Date.now() - sent) < 900_000)) return false;
  const lines = signed.split(";").map((name) => `${name}:${headers[name]}`);
  const canonical = `${method}\n${url}\n\n${lines.join("\n")}\n\n${signed}\n${headers["x-amz-content-sha256"]}`;
  const digest = createHash("sha256").update(canonical).digest("hex");
  const hmac = (secret: string | Buffer, text: string) => createHmac("sha256", secret).update(text).digest();
  const signing = hmac(hmac(hmac(hmac(`AWS4${KEY.secretAccessKey}`, day), region), "s3"), "aws4_request");
  const toSign = `AWS4-HMAC-SHA256\n${date}\n${day}/${region}/s3/aws4_request\n${digest}`;
  return hmac(signing, toSign).toString("hex") === signature;
}

import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";

const STATUS_OF: Readonly<Record<string, number>> = { ERR_HTTP_REQUEST_TIMEOUT: 408, HPE_HEADER_OVERFLOW: 431 };
/** Whoever still sends meanwhile gets the answer before the connection is reset (RFC 9112 §9.6). */
const LINGER_MS = 2_000;

/** Answers what is no request at all: says why, says that the connection ends, and ends it when the answer has arrived. */
export function answerMalformed(error: { readonly code?: string | undefined }, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = STATUS_OF[error.code ?? ""] ?? 400;
  const reason = STATUS_CODES[status] ?? "";
  const body = `${status} ${reason}\n`;
  const head = [
    `HTTP/1.1 ${status} ${reason}`,
    "Connection: close",
    "Content-Type: text/plain; charset=utf-8",
    `Content-Length: ${body.length}`,
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
  const cutOff = setTimeout(() => socket.destroy(), LINGER_MS).unref();
  socket.once("close", () => clearTimeout(cutOff));
  // what is still on its way is thrown away
  socket.resume();
}

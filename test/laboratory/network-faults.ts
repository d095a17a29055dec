import { gzipSync } from "node:zlib";
import type { Answer, Fault, Wire } from "./misbehaving-server.ts";

/** Does something to the connection instead of answering. */
export function wire(deliver: (wire: Wire) => void): Fault {
  return { answer: (answer) => ({ ...answer, deliver }) };
}

export const resetBeforeHeaders: Fault = wire(({ socket }) => socket.resetAndDestroy());
export const closeBeforeHeaders: Fault = wire(({ socket }) => socket.end());
export const resetAfterHeaders: Fault = wire(({ socket, head }) => socket.write(head, () => socket.resetAndDestroy()));
/** Half of the body, then the connection is torn down. */
export const resetMidBody: Fault = wire(({ socket, head, body }) =>
  socket.write(Buffer.concat([head, half(body)]), () => socket.resetAndDestroy()),
);
/** Half of the body, then a polite end of the connection. */
export const closeMidBody: Fault = wire(({ socket, head, body }) => socket.end(Buffer.concat([head, half(body)])));
/** Nobody listens any more, until the next harvest. */
export const refuse: Fault = wire(({ socket, shut }) => {
  shut();
  socket.resetAndDestroy();
});

/** An answer without a length that ends with the connection: nothing in HTTP tells that half of it is missing. */
export const unframedHalf: Fault = {
  answer: (answer) => ({
    ...answer,
    deliver: ({ socket }) => socket.end(Buffer.concat([UNFRAMED_HEAD, half(answer.body)])),
  }),
};
/** The same, whole: old servers do this and are right. */
export const unframedWhole: Fault = {
  answer: (answer) => ({ ...answer, deliver: ({ socket }) => socket.end(Buffer.concat([UNFRAMED_HEAD, answer.body])) }),
};
/** The length announces more than comes. */
export const lengthTooLarge: Fault = {
  answer: (answer) => ({
    ...answer,
    deliver: ({ socket }) => socket.end(Buffer.concat([lengthHead(answer.body.length + 500), answer.body])),
  }),
};
/** The length announces less than comes: the document ends early and HTTP is content. */
export const lengthTooSmall: Fault = {
  answer: (answer) => ({
    ...answer,
    deliver: ({ socket }) => socket.end(Buffer.concat([lengthHead(Math.floor(answer.body.length / 2)), answer.body])),
  }),
};
export const brokenChunk: Fault = wire(({ socket }) =>
  socket.end("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n<?xml"),
);
export const notHttp: Fault = wire(({ socket }) => socket.end("SSH-2.0-OpenSSH_8.4\r\n"));
export const hugeHeaders: Fault = wire(({ socket }) =>
  socket.end(`HTTP/1.1 200 OK\r\n${`x-fill: ${"0".repeat(4_000)}\r\n`.repeat(20)}\r\n`),
);
/** Takes the request and says nothing. */
export const stall: Fault = wire(() => {});
export const stallAfterHeaders: Fault = wire(({ socket, head }) => socket.write(head));
export const stallMidBody: Fault = wire(({ socket, head, body }) => socket.write(Buffer.concat([head, half(body)])));
/** A byte now and then, for ever: no idle timeout ever ends it. */
export const trickle: Fault = wire(({ socket, head, body }) => {
  socket.write(head);
  let sent = 0;
  const timer = setInterval(() => {
    socket.write(body.subarray(sent, sent + 1));
    sent += 1;
  }, 20);
  socket.on("close", () => clearInterval(timer));
});

/** Begins as it should and never ends. */
export function endless(begin: string, more: string): Fault {
  return wire(({ socket }) => {
    socket.write(`HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\nconnection: close\r\n\r\n${begin}`);
    const piece = more.repeat(Math.ceil(65_536 / more.length));
    const pump = () => {
      while (socket.writable && socket.write(piece)) {
        // until the buffers are full
      }
    };
    socket.on("drain", pump);
    pump();
  });
}

/** A status with a short page of its own. */
export function status(code: number, headers: Readonly<Record<string, string>> = {}, body = "not now"): Fault {
  return {
    answer: () => ({ status: code, headers: { "content-type": "text/html", ...headers }, body: Buffer.from(body) }),
  };
}

/** A status over an answer that is otherwise as it should be. */
export function statusOver(code: number): Fault {
  return { answer: (answer) => ({ ...answer, status: code }) };
}

/** 503 until the time that it names has passed: who comes back sooner uses up its patience. */
export function busyFor(ms: number, retryAfter: () => string): Fault {
  let until: number | null = null;
  return {
    answer: (answer) => {
      until ??= Date.now() + ms;
      return Date.now() >= until ? answer : { ...BUSY, headers: { "retry-after": retryAfter() } };
    },
  };
}

const BUSY: Answer = { status: 503, headers: {}, body: Buffer.from("busy") };

/** Says gzip and sends plain text. */
export const falseGzip: Fault = {
  answer: (answer) => ({ ...answer, headers: { ...answer.headers, "content-encoding": "gzip" } }),
};
/** A whole HTTP answer whose gzip stream stops in the middle. */
export const cutGzip: Fault = { answer: (answer) => gzipped(answer, half(gzipSync(answer.body))) };
/** One bit of the compressed data has turned over. */
export const brokenGzip: Fault = {
  answer: (answer) => {
    const packed = gzipSync(answer.body);
    const middle = Math.floor(packed.length / 2);
    packed[middle] = (packed[middle] ?? 0) ^ 0xff;
    return gzipped(answer, packed);
  },
};
/** A few bytes that become very many. */
export const gzipBomb: Fault = {
  answer: (answer) => {
    const begin = answer.body.subarray(0, answer.body.indexOf("<record>"));
    return gzipped(answer, gzipSync(Buffer.concat([begin, Buffer.alloc(8 * 1024 * 1024, " ")]), { level: 1 }));
  },
};

export function redirect(code: number, location: (url: URLSearchParams) => string): Fault {
  return {
    answer: (_, { params }) => ({ status: code, headers: { location: location(params) }, body: Buffer.from("moved") }),
  };
}

function gzipped(answer: Answer, body: Buffer): Answer {
  return { ...answer, body, headers: { ...answer.headers, "content-encoding": "gzip" } };
}

const UNFRAMED_HEAD = Buffer.from("HTTP/1.0 200 OK\r\ncontent-type: text/xml\r\n\r\n");

function lengthHead(length: number): Buffer {
  return Buffer.from(
    `HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\nconnection: close\r\ncontent-length: ${length}\r\n\r\n`,
  );
}

function half(bytes: Buffer): Buffer {
  return bytes.subarray(0, Math.floor(bytes.length / 2));
}

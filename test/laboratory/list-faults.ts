import type { Fault } from "./misbehaving-server.ts";
import { type Asked, type ListPage, type ListPosition, positionOf, Refusal, tokenOf } from "./provider.ts";

/** A page without records whose token leads on to the same place, `count` times with ever new tokens. */
export function emptyPages(count: number): Fault {
  let served = 0;
  const { params, number } = numbering();
  return {
    params,
    page: (page, asked) => {
      if (served >= count) return page;
      served += 1;
      return { ...page, records: [], token: number(tokenOf(position(asked))) };
    },
  };
}

/** Makes of each token another one, however often the same place is meant: the first part is a running number. */
function numbering(): Required<Pick<Fault, "params">> & { number(token: string): string } {
  let last = 0;
  return {
    params: (params) => {
      const token = params.get("resumptionToken");
      if (token !== null) params.set("resumptionToken", token.replace(/^\d+~/, ""));
      return params;
    },
    number: (token) => {
      last += 1;
      return `${last}~${token}`;
    },
  };
}

/** The token leads back to the page at `offset`. */
export function tokenBackTo(offset: number): Fault {
  return { page: (page, asked) => ({ ...page, token: tokenOf({ ...position(asked), offset }) }) };
}

/** The token leads to the page that carries it. */
export const ownToken: Fault = {
  page: (page, asked) => ({ ...page, token: tokenOf(position(asked)) }),
};

/** Whatever the token says, these records come, with ever new tokens. */
export function sameRecordsForEver(first: ListPage["records"]): Fault {
  const { params, number } = numbering();
  return { params, page: (page) => ({ ...page, records: first, token: page.token && number(page.token) }) };
}

/** A list without end: where it would end, empty pages with new tokens follow. */
export function endlessEmpty(): Fault {
  const { params, number } = numbering();
  return {
    params,
    page: (page, asked) => {
      if (page.token !== null && page.token !== "") return page;
      const place = position(asked);
      return { ...page, token: number(tokenOf({ ...place, offset: place.offset + page.records.length })) };
    },
  };
}

/** One and the same token all the way: the server remembers how far the conversation is. */
export function sessionToken(): Fault {
  let next: string | null = null;
  return {
    params: (params) => {
      if (params.get("resumptionToken") === "phien" && next !== null) params.set("resumptionToken", next);
      return params;
    },
    page: (page) => {
      if (page.token === null || page.token === "") return page;
      next = page.token;
      return { ...page, token: "phien" };
    },
  };
}

/** Tokens with everything that must be encoded in a URL and in XML; one that comes back changed is refused. */
export function strangeTokens(prefix: string): Fault {
  return {
    params: (params) => {
      const token = params.get("resumptionToken");
      if (token !== null)
        params.set("resumptionToken", token.startsWith(prefix) ? token.slice(prefix.length) : "damaged");
      return params;
    },
    page: (page) => (page.token === null || page.token === "" ? page : { ...page, token: prefix + page.token }),
  };
}

/** The list answers with this error of the protocol. */
export function protocolError(code: string): Fault {
  return {
    page: () => {
      throw new Refusal(code, `the repository says ${code}`);
    },
  };
}

/** The last page with records has a token as well; what it leads to is up to `after`. */
export function tokenAfterTheEnd(after: "empty" | "noRecordsMatch" | "badResumptionToken"): Fault {
  return {
    page: (page, asked) => {
      const place = position(asked);
      if (page.records.length === 0) {
        if (after === "empty") return { ...page, token: "" };
        throw new Refusal(after, "beyond the end of the list");
      }
      const atEnd = page.token === null || page.token === "";
      return atEnd ? { ...page, token: tokenOf({ ...place, offset: place.offset + page.records.length }) } : page;
    },
  };
}

/** Changes a page and nothing else. */
export function changed(change: (page: ListPage, asked: Asked) => Partial<ListPage>): Fault {
  return { page: (page, asked) => ({ ...page, ...change(page, asked) }) };
}

/** The list claims to hold so many records. */
export function sizeLie(lie: (truth: number, asked: Asked) => number | null): Fault {
  return changed((page, asked) => ({ completeListSize: lie(page.completeListSize ?? 0, asked) }));
}

/** Whatever the window, no token works behind this page. */
export function tokensDieAfter(pages: number): Fault {
  return {
    page: (page, asked) => {
      if (asked.page > pages) throw new Refusal("badResumptionToken", "the token has expired");
      return page;
    },
  };
}

function position(asked: Asked): ListPosition {
  return positionOf(asked.params, "second");
}

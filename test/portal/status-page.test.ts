import { h } from "preact";
import { renderToString } from "preact-render-to-string";
import { describe, expect, test } from "vitest";
import type { Language } from "../../src/portal/messages/messages.ts";
import { StatusPage } from "../../src/portal/pages/status-page.tsx";
import type { RepositoryStatus } from "../../src/portal/status.ts";
import type { Run } from "../../src/store/runs.ts";

const ENDED = new Date("2026-03-05T18:07:00Z");

function run(changes: Partial<Run>): Run {
  const counts = { received: 0, added: 0, changed: 0, unchanged: 0, rejected: 0, deleted: 0, repeated: 0, pages: 1 };
  const times = { started_at: ENDED, finished_at: ENDED };
  return { repository_id: 1, run_id: 1, outcome: "complete", failure: null, ...counts, ...times, ...changes } as Run;
}

function page(changes: Partial<RepositoryStatus>, language: Language = "vi"): string {
  const repository: RepositoryStatus = {
    code: "kho",
    name: "Kho",
    baseUrl: "https://kho.example.edu.vn/oai",
    state: "live",
    live: 0,
    deleted: 0,
    lastRun: null,
    nextRun: "byHand",
    ...changes,
  };
  const status = { repositories: [repository], live: 0, deleted: 0, lastUpdate: null };
  return renderToString(h(StatusPage, { status, language, name: "Cổng", oaiUrl: "https://cong.example.vn/oai" }));
}

/** What a person reads: tags out, blanks one. */
function words(html: string): string {
  return html
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ")
    .replaceAll(" ;", ";");
}

test("says its language, and offers the other one", () => {
  expect(page({})).toMatch(/^<html lang="vi">.*<a class="language" href="\?lang=en" lang="en"[^>]*>English</);
  expect(page({}, "en")).toMatch(/^<html lang="en">.*<a class="language" href="\?lang=vi" lang="vi"[^>]*>Tiếng Việt</);
});

test("needs no script and no style that the content security policy forbids", () => {
  expect(page({})).not.toMatch(/<script|<style| style=| on\w+=/);
});

test("shows what hostile repositories call themselves as text", () => {
  const html = page({
    name: '<script>alert("x")</script>',
    baseUrl: 'https://x.example/"><img src=x onerror=alert(1)>',
    lastRun: run({ outcome: "failed", failure: "<b>cannot</b> & will not" }),
  });
  expect(html).not.toMatch(/<script|<img|<b>/);
  expect(html).toContain("&lt;script>alert(");
  expect(html).toContain("&lt;b>cannot&lt;/b> &amp; will not");
});

describe("the funnel", () => {
  const lastRun = run({ received: 12_000, added: 9_000, changed: 900, unchanged: 2_000, rejected: 100 });

  test("leads from received over stored to rejected, in Vietnamese numbers", () => {
    expect(words(page({ lastRun }))).toContain(
      "12.000 nhận → 11.900 lưu → 100 loại 9.000 mới · 900 thay đổi · 2.000 không đổi",
    );
  });

  test("leads from received over stored to rejected, in English numbers", () => {
    expect(words(page({ lastRun }, "en"))).toContain(
      "12,000 received → 11,900 stored → 100 rejected 9,000 new · 900 changed · 2,000 unchanged",
    );
  });

  test("does not speak of kinds that did not occur", () => {
    expect(words(page({ lastRun: run({ received: 3, unchanged: 3 }) }))).toContain("0 loại 3 không đổi");
  });
});

describe("the latest harvest", () => {
  test.each([
    ["complete", "Hoàn tất", "Complete"],
    ["complete_with_rejects", "Hoàn tất, có biểu ghi bị loại", "Complete, some records rejected"],
    ["partial", "Chưa đầy đủ", "Incomplete"],
    ["empty_unexpected", "Rỗng bất thường", "Unexpectedly empty"],
    ["failed", "Thất bại", "Failed"],
    [null, "Chưa kết thúc", "Not finished"],
  ])("that ended as %s is told in words", (outcome, vi, en) => {
    expect(page({ lastRun: run({ outcome }) })).toContain(`>${vi}</span>`);
    expect(page({ lastRun: run({ outcome }) }, "en")).toContain(`>${en}</span>`);
  });

  test("that failed says why, marked as English on the Vietnamese page", () => {
    const html = page({ lastRun: run({ outcome: "failed", failure: "the host is unknown" }) });
    expect(html).toContain('Lý do: <span lang="en">the host is unknown</span>');
  });

  test("is timed for people and for programs", () => {
    expect(page({ lastRun: run({}) })).toContain('<time datetime="2026-03-05T18:07:00.000Z">01:07 06/03/2026</time>');
  });

  test("that never took place is told so", () => {
    expect(words(page({ lastRun: null }))).toContain("chưa có – thủ công");
  });
});

describe("a line", () => {
  test("tells state, live and deleted records, and the next harvest", () => {
    const html = page({ state: "paused", live: 1_234, deleted: 56, nextRun: "none" }, "en");
    expect(words(html)).toContain("Paused 1,234 56 deleted never – –");
  });

  test("names each value for the phone, where the head of the table is not seen", () => {
    const html = page({ lastRun: run({}) });
    const head = [...html.matchAll(/<th scope="col"[^>]*>([^<]+)/g)].map(([, text]) => text).slice(1);
    expect([...html.matchAll(/data-label="([^"]+)"/g)].map(([, text]) => text)).toEqual(head);
  });
});

test("an empty network says how to add the first repository", () => {
  const status = { repositories: [], live: 0, deleted: 0, lastUpdate: null };
  const html = renderToString(h(StatusPage, { status, language: "en", name: "x", oaiUrl: "http://localhost/oai" }));
  expect(html).toContain("<code>lienthong repository add https://…</code>");
  expect(html).not.toContain("<table");
});

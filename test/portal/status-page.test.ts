import { h } from "preact";
import { renderToString } from "preact-render-to-string";
import { describe, expect, test } from "vitest";
import type { Language } from "../../src/portal/messages/messages.ts";
import { StatusPage } from "../../src/portal/pages/status-page.tsx";
import type { JobsStatus, RepositoryStatus, Status } from "../../src/portal/status.ts";
import type { Use } from "../../src/portal/use.ts";
import { NO_COUNTS } from "../../src/store/consumer-days.ts";
import type { Run } from "../../src/store/runs.ts";

const ENDED = new Date("2026-03-05T18:07:00Z");

function run(changes: Partial<Run>): Run {
  const counts = {
    received: 0,
    added: 0,
    changed: 0,
    unchanged: 0,
    rejected: 0,
    deleted: 0,
    repeated: 0,
    unknown: 0,
    pages: 1,
  };
  const nothing = { failure: null, diagnosis: null, missing: null, complete_list_size: null, withdrawn: 0 };
  const times = { started_at: ENDED, finished_at: ENDED };
  return {
    repository_id: 1,
    run_id: 1,
    kind: "harvest",
    outcome: "complete",
    ...nothing,
    ...counts,
    ...times,
    ...changes,
  } as Run;
}

const NO_JOBS: JobsStatus = { running: [], waiting: [], waitingTotal: 0, failed: [] };

const NO_USE: Use = {
  period: { from: "2026-02-04", until: "2026-03-05" },
  surfaces: [],
  formats: [],
  days: [],
  products: [],
};

function render(changes: Partial<Status>, language: Language, use: Use = NO_USE): string {
  const nothing = { repositories: [], drafts: [], jobs: NO_JOBS, dump: null, live: 0, deleted: 0, lastUpdate: null };
  const status: Status = { ...nothing, countedAt: ENDED, ...changes };
  return renderToString(h(StatusPage, { status, use, language, name: "Cổng", oaiUrl: "https://cong.example.vn/oai" }));
}

function repository(changes: Partial<RepositoryStatus>): RepositoryStatus {
  return {
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
}

const page = (changes: Partial<RepositoryStatus>, language: Language = "vi") =>
  render({ repositories: [repository(changes)] }, language);

/** What a person reads: tags out, blanks one. */
function words(html: string): string {
  return html
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ")
    .replaceAll(/ ([;,:.])/g, "$1");
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
  const counts = { received: 12_000, added: 9_000, changed: 900, unchanged: 1_990, rejected: 100, repeated: 10 };
  const lastRun = run({ ...counts, deleted: 12, complete_list_size: 12_345 });

  test("leads from what was promised to what is stored, and tells the rest aside, in Vietnamese numbers", () => {
    expect(words(page({ lastRun }))).toContain(
      "kho báo có 12.345 → nhận 12.000 → lưu 11.890 9.000 mới · 900 thay đổi · 1.990 không đổi · 12 đã xóa loại 100 · trùng 10 ",
    );
  });

  test("leads from what was promised to what is stored, and tells the rest aside, in English numbers", () => {
    expect(words(page({ lastRun }, "en"))).toContain(
      "12,345 promised → 12,000 received → 11,890 stored 9,000 new · 900 changed · 1,990 unchanged · 12 deleted 100 rejected · 10 repeated ",
    );
  });

  test("does not speak of what did not occur, nor of a promise that was kept", () => {
    const kept = run({ received: 3, unchanged: 3, complete_list_size: 3 });
    expect(words(page({ lastRun: kept }))).toContain(" nhận 3 → lưu 3 3 không đổi thủ công ");
  });

  test("of a sweep says how many are not here", () => {
    const sweep = run({ kind: "sweep", received: 12, unchanged: 10, unknown: 2 });
    expect(words(page({ lastRun: sweep }, "en"))).toContain("12 received → 10 stored 10 unchanged 2 not here yet");
  });

  test("says how many records left the feed", () => {
    expect(words(page({ lastRun: run({ withdrawn: 7 }) }, "en"))).toContain("7 left the feed");
  });
});

describe("the latest harvest", () => {
  test.each([
    ["complete", "Hoàn tất", "Complete"],
    ["complete_with_rejects", "Hoàn tất, có biểu ghi bị loại", "Complete, some records rejected"],
    ["partial", "Chưa đầy đủ", "Incomplete"],
    ["empty_unexpected", "Rỗng bất thường", "Unexpectedly empty"],
    ["failed", "Thất bại", "Failed"],
    ["held_for_review", "Chờ duyệt", "Held for review"],
    ["cancelled", "Đã dừng", "Cancelled"],
    [null, "Chưa kết thúc", "Not finished"],
  ])("that ended as %s is told in words", (outcome, vi, en) => {
    expect(page({ lastRun: run({ outcome }) })).toContain(`>${vi}</span>`);
    expect(page({ lastRun: run({ outcome }) }, "en")).toContain(`>${en}</span>`);
  });

  test("that failed says why in the language of the page, in one sentence", () => {
    const lastRun = run({ outcome: "failed", diagnosis: "dns", failure: "getaddrinfo ENOTFOUND kho.example.edu.vn" });
    expect(words(page({ lastRun }))).toContain("Không tìm thấy tên miền của kho.");
    expect(page({ lastRun })).not.toMatch(/ENOTFOUND|Xin kiểm tra bản ghi DNS/);
    expect(words(page({ lastRun }, "en"))).toContain("The name of the repository cannot be found.");
  });

  test("that has no reason in a word says it in English, marked as such", () => {
    const html = page({ lastRun: run({ outcome: "failed", failure: "the host is unknown" }) });
    expect(html).toContain('Lý do: <span lang="en">the host is unknown</span>');
  });

  test("that is not complete says how much is missing", () => {
    const windows = [{ from: "2024-01-01", until: null, why: "HTTP 500" }];
    const lastRun = run({ outcome: "partial", missing: { windows, identifiers: ["oai:a", "oai:b"] } });
    expect(words(page({ lastRun }))).toContain("Còn thiếu: 1 khoảng ngày, 2 biểu ghi");
  });

  test("that was no harvest says what it was", () => {
    expect(words(page({ lastRun: run({ kind: "import" }) }))).toContain("Hoàn tất Nhập từ tệp, 01:07 06/03/2026");
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

describe("the jobs", () => {
  const running = {
    code: "kho",
    name: "Kho",
    worker: "may-3 417",
    heldSince: ENDED,
    run: { startedAt: ENDED, pages: 54, received: 5_400, recordsPerMinute: 270, cancelRequested: true },
    remap: null,
  };
  const remapped = {
    ...running,
    run: null,
    remap: { state: "mapping", records: 500, total: 1_200 },
  } as const;
  const waiting = { code: "cho", name: "Kho chờ", trigger: "person", since: ENDED, notBefore: ENDED } as const;
  const failed = {
    code: "hong",
    name: "Kho hỏng",
    outcome: "failed",
    diagnosis: "timeout",
    failure: "x",
    finishedAt: ENDED,
  };
  const jobs: JobsStatus = { running: [running], waiting: [waiting], waitingTotal: 12, failed: [failed] };

  test("in hand tell since when and how far, without the machine they run on", () => {
    const html = render({ repositories: [repository({})], jobs }, "vi");
    expect(words(html)).toContain(
      "Đang thu hoạch Kho từ 01:07 06/03/2026: nhận 5.400, 54 trang, 270 biểu ghi/phút, đang dừng theo yêu cầu",
    );
    expect(html).not.toContain("may-3");
  });

  test("in hand may be a remap, which asks nobody", () => {
    const html = render({ repositories: [repository({})], jobs: { ...jobs, running: [remapped] } }, "en");
    expect(words(html)).toContain("mapping again what is stored");
    expect(words(html)).not.toContain("asking the repository");
  });

  test("that wait tell who asked, and how many more there are", () => {
    const text = words(render({ repositories: [repository({})], jobs }, "en"));
    expect(text).toContain("Waiting Kho chờ asked for by a person, since 6 Mar 2026, 01:07 and 11 more");
  });

  test("that went wrong tell how and why, and lead to the page of the repository", () => {
    const html = render({ repositories: [repository({})], jobs }, "vi");
    expect(words(html)).toContain(
      "Chưa trọn vẹn Kho hỏng Thất bại, 01:07 06/03/2026 Máy chủ trả lời quá chậm hoặc không trả lời.",
    );
    expect(html).toContain('<a href="/repositories/hong">Kho hỏng</a>');
  });

  test("are told to be none where there are none", () => {
    expect(words(page({}))).toContain("Không có kho nào đang được thu hoạch hay chờ thu hoạch.");
  });
});

test("drafts are listed below, with their address", () => {
  const html = render({ drafts: [repository({ code: "dlu", name: "Đà Lạt", state: "draft" })] }, "vi");
  expect(words(html)).toContain(
    "Kho dự kiến Đã biết địa chỉ nhưng chưa thu hoạch. Đà Lạt https://kho.example.edu.vn/oai",
  );
  expect(html).not.toContain("<table");
});

test("a repository whose records come in files shows no address that leads nowhere", () => {
  const html = page({ baseUrl: "https://tinh.invalid/" });
  expect(html).not.toContain("invalid");
  expect(words(html)).toContain("Kho Nhập từ tệp");
});

test("says when the records were counted", () => {
  expect(words(page({}, "en"))).toContain("Records counted at 6 Mar 2026, 01:07.");
});

test("an empty network says how to add the first repository", () => {
  const html = render({}, "en");
  expect(html).toContain("<code>lienthong repository add https://…</code>");
  expect(html).not.toContain("<table");
});

describe("the nightly dump", () => {
  const whole = { day: "2026-03-06", horizon: ENDED, records: 1_234, bytes: 5, seconds: 6, finishedAt: ENDED };
  const dump = (state: "whole" | "running" | "failed", changes = {}) => ({
    state,
    startedAt: ENDED,
    whole,
    ...changes,
  });

  test("is not told of where none is made", () => {
    expect(render({}, "vi")).not.toContain("Bản kết xuất hằng đêm");
  });

  test("tells when the last whole one was made, of how many records", () => {
    const text = render({ dump: dump("whole") }, "en").replace(/<[^>]+>/g, "");
    expect(text).toMatch(/The last whole one: 6 Mar 2026, 01:07:\s1,234\srecords\./);
    expect(text).not.toContain("could not be made");
  });

  test("that goes on or failed says so beside it", () => {
    expect(render({ dump: dump("running") }, "vi")).toContain("Đang tạo bản mới từ");
    expect(render({ dump: dump("failed") }, "vi")).toContain("không tạo được; hệ thống sẽ thử lại");
    expect(render({ dump: dump("failed", { whole: null }) }, "en")).toContain("There is none yet.");
  });
});

describe("the use of the feed", () => {
  const sum = (changes: Partial<typeof NO_COUNTS>) => ({ ...NO_COUNTS, ...changes });
  const use: Use = {
    ...NO_USE,
    surfaces: [
      { surface: "feed", consumers: 3, ...sum({ requests: 1_200, records: 90_000, lists: 2 }) },
      { surface: "api", consumers: 1, ...sum({ requests: 34, records: 1 }) },
    ],
    products: [
      { name: "Kho", ...sum({ records: 80_000 }) },
      { name: "Mozilla", ...sum({ records: 10_001 }) },
      { name: "<b>x</b>", ...sum({ records: 1 }) },
    ],
  };

  test("is told in both languages, with the programs that took most", () => {
    expect(words(render({}, "vi", use))).toContain(
      "Tình hình khai thác trong 30 ngày qua Lượt yêu cầu 1.234 Biểu ghi đã gửi 90.001 Danh sách tải trọn 2 ",
    );
    expect(words(render({}, "vi", use))).toContain(" Kho 80.000 Trình duyệt 10.001 ");
    expect(words(render({}, "en", use))).toMatch(
      /Use in the last 30 days Requests 1,234 Records delivered 90,001 Lists read to their end 2 .* Kho 80,000 Browsers 10,001 /,
    );
  });

  test("shows what programs call themselves as text", () => {
    expect(render({}, "en", use)).toContain("&lt;b>x&lt;/b>");
  });

  test("is not told of while nobody has used it", () => {
    expect(render({}, "en")).not.toContain("Use in the last");
  });
});

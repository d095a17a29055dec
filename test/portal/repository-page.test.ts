import { h } from "preact";
import { renderToString } from "preact-render-to-string";
import { describe, expect, test } from "vitest";
import type { Language } from "../../src/portal/messages/messages.ts";
import { RepositoryPage } from "../../src/portal/pages/repository-page.tsx";
import type { RepositoryDetails } from "../../src/portal/repository-status.ts";
import { PROFILES } from "../../src/quality/profiles.ts";
import { RULES } from "../../src/quality/rules.ts";
import { summarize } from "../../src/quality/summary.ts";
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
  const nothing = { failure: null, note: null, diagnosis: null, missing: null, complete_list_size: null, withdrawn: 0 };
  const about = { repository_id: 1, run_id: 1, kind: "harvest", outcome: "complete", metadata_prefix: "oai_dc" };
  return { ...about, ...nothing, ...counts, started_at: ENDED, finished_at: ENDED, ...changes } as Run;
}

function page(changes: Partial<RepositoryDetails>, language: Language = "vi"): string {
  const repository: RepositoryDetails = {
    code: "kho",
    name: "Kho",
    baseUrl: "https://kho.example.edu.vn/oai",
    state: "live",
    live: 1_234,
    deleted: 0,
    lastRun: null,
    nextRun: "byHand",
    platform: null,
    remarks: [],
    runs: [],
    proposed: 0,
    quality: summarize(PROFILES.national, []),
    issues: [],
    ...changes,
  };
  return renderToString(h(RepositoryPage, { repository, language, name: "Cổng" }));
}

/** What a person reads: tags out, blanks one. */
function words(html: string): string {
  return html.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");
}

test("tells address, state, software, records and the next harvest", () => {
  const text = words(page({ platform: "koha", deleted: 7 }));
  expect(text).toContain("Địa chỉ OAI-PMH https://kho.example.edu.vn/oai Trạng thái Đang hoạt động Phần mềm Koha ");
  expect(text).toContain("Biểu ghi 1.234, 7 đã xóa Lần tới thủ công");
});

test("says how many records wait for a decision", () => {
  expect(words(page({ proposed: 640 }))).toContain("Chờ duyệt để rút khỏi cổng: 640 biểu ghi");
  expect(page({})).not.toContain("Chờ duyệt");
});

describe("a run that failed", () => {
  const failed = run({ outcome: "failed", diagnosis: "http_error", failure: "https://x answered HTTP 404" });

  test("says what it means, what to do, and what to do in that software, in the reader's language", () => {
    const vi = words(page({ runs: [failed], platform: "koha" }));
    expect(vi).toContain("Thất bại Máy chủ từ chối yêu cầu (HTTP 4xx). Xin kiểm tra địa chỉ OAI-PMH");
    expect(vi).toContain("Koha: Koha trả lời 404 khi OAI-PMH đang tắt: Quản trị > Tham số hệ thống");
    const en = words(page({ runs: [failed], platform: "koha" }, "en"));
    expect(en).toContain("The server refuses the request (HTTP 4xx). Please check that the OAI-PMH address");
    expect(en).toContain("Koha: Koha answers 404 while OAI-PMH is off");
  });

  test("keeps the particulars, which are English, in the details", () => {
    expect(page({ runs: [failed] })).toContain(
      '<details><summary>Chi tiết kỹ thuật</summary><p lang="en">https://x answered HTTP 404</p></details>',
    );
  });

  test("on our side does not tell everybody how", () => {
    const ours = run({ outcome: "failed", diagnosis: "internal", failure: 'duplicate key in "harvest_run"' });
    const html = page({ runs: [ours] });
    expect(words(html)).toContain("Lỗi xảy ra ở phía chúng tôi, không phải ở kho.");
    expect(html).not.toMatch(/duplicate key|<details/);
  });
});

describe("what is missing", () => {
  const windows = [
    { from: "2024-01-01", until: "2024-03-31", why: "HTTP 500", diagnosis: "busy" },
    { from: "2025-06-01T00:00:00Z", until: null, why: "not read to its end", diagnosis: null },
    { from: null, until: "2019-12-31", why: "the list goes in a circle", diagnosis: "list_in_circle" },
  ];
  const identifiers = ["oai:kho:1", "oai:kho:<b>2"];
  const partial = run({ outcome: "partial", diagnosis: "timeout", missing: { windows, identifiers } });

  test("is told range by range, each with its reason; one without takes that of the run", () => {
    const text = words(page({ runs: [partial] }));
    expect(text).toContain(
      "Còn thiếu: 01/01/2024 – 31/03/2024 Máy chủ báo bận hoặc báo lỗi nội bộ (HTTP 429 hoặc 5xx).",
    );
    expect(text).toContain("01/06/2025 00:00:00 UTC – đến nay Máy chủ trả lời quá chậm hoặc không trả lời.");
    expect(text).toContain("từ đầu – 31/12/2019 Danh sách của kho không có điểm cuối");
    expect(words(page({ runs: [partial] }, "en"))).toContain(
      "1 Jan 2024 – 31 Mar 2024 The server says that it is busy or has an internal error (HTTP 429 or 5xx).",
    );
  });

  test("names the records, as text", () => {
    const html = page({ runs: [partial] });
    expect(words(html)).toContain("2 biểu ghi oai:kho:1 oai:kho:&lt;b>2");
  });

  test("without a reason in a word shows the English one, marked as such", () => {
    const odd = [{ from: null, until: null, why: "who knows" }];
    expect(page({ runs: [run({ missing: { windows: odd, identifiers: [] } })] })).toContain(
      '<span lang="en">who knows</span>',
    );
  });
});

test("remarks of the probe are told with what to do in that software", () => {
  const text = words(page({ platform: "koha", remarks: ["factory-identifiers", "of-tomorrow"] }));
  expect(text).toContain("Mã định danh còn theo giá trị cài sẵn của phần mềm");
  expect(text).toContain("Koha: Đặt OAI-PMH:archiveID thành tên miền của thư viện");
  expect(text).toContain("of-tomorrow");
});

test("remarks on records tell how often, what each means and what to do, in both languages", () => {
  const issues = [
    { code: "default-handle-prefix", times: 1_200 },
    { code: "of-yesterday", times: 3 },
  ];
  const vi = words(page({ platform: "dspace", issues }));
  expect(vi).toContain("Handle mặc định 123456789 123456789 là tiền tố cài sẵn của DSpace");
  expect(vi).toMatch(/hdl\.handle\.net\. 1\.200 Đăng ký một tiền tố Handle riêng .* DSpace: Đặt handle\.prefix/);
  expect(vi).toContain("of-yesterday 3 –");
  expect(words(page({ issues }, "en"))).toMatch(/Factory handle 123456789 .* 1,200 Register a prefix of your own/);
});

describe("the quality of its records", () => {
  const codes = ["main-title", "publication-date", "thesis-discipline", "subject", "license", "version"] as const;
  /** As many records miss the first rule as there are, each further one is missed by fewer. */
  const groups = codes.map((_, index) => ({
    missed: codes
      .slice(0, index + 1)
      .reduce((bits, code) => bits | (1 << (RULES.find((rule) => rule.code === code)?.bit ?? 0)), 0),
    records: 200,
    scores: 12_600,
  }));

  test("is told by the score and the five rules that cost it most, with what to do in its software", () => {
    const quality = summarize(PROFILES.national, groups);
    const vi = words(page({ quality, platform: "dspace" }));
    expect(vi).toContain("Chất lượng biểu ghi 63 trên 100 điểm Những yêu cầu làm mất nhiều điểm nhất.");
    expect(vi).toContain("Nhan đề chính Biểu ghi phải có một nhan đề chính. 1.200 Bổ sung nhan đề");
    expect(vi).toContain("Chuyên ngành của luận văn Biểu ghi luận văn, luận án phải nêu chuyên ngành. 800 ");
    expect(vi).toContain("DSpace: Tạo lược đồ thesis với degree.level");
    expect(vi).toContain("Giấy phép sử dụng");
    expect(vi).not.toContain("Bài báo, bài hội thảo và bản thảo công bố sớm");
    const en = words(page({ quality }, "en"));
    expect(en).toContain("Quality of records 63 of 100");
    expect(en).toContain("Main title A record has a main title. 1,200 Add the title");
  });

  test("says of how many records it is told where some were not judged", () => {
    const some = summarize(PROFILES.national, [
      { missed: 0, records: 3, scores: 300 },
      { missed: null, records: 4, scores: 0 },
    ]);
    const en = words(page({ quality: some }, "en"));
    expect(en).toContain("100 of 100 (of the 3 records that were judged) All records meet all rules.");
  });

  test("is not spoken of where no record was judged", () => {
    expect(page({})).not.toContain("Chất lượng");
  });
});

test("a repository that nobody has harvested says so", () => {
  expect(words(page({}))).toContain("Các lần gần đây chưa có Nhận xét về biểu ghi Không có nhận xét nào.");
});

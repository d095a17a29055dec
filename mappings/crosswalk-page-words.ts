/** The words around the tables of a crosswalk's page, in one language. */
export interface PageWords {
  readonly title: string;
  /** How the page was made, of so many examples. */
  readonly how: (examples: number) => readonly string[];
  readonly columns: readonly string[];
  readonly own: string;
  /** The rule is that of the metadata inside. */
  readonly carried: string;
  readonly unread: string;
  readonly unseen: string;
}

const TABLES = "../../mappings/tables";

export const PAGE_WORDS: Readonly<Record<"vi" | "en", PageWords>> = {
  en: {
    title: "English",
    how: (examples) => [
      `Rules are code: the places are those that ${examples} examples show, and a rule may read more. In brackets stands what`,
      `[dublin-core-terms](${TABLES}/dublin-core-terms.tsv), or a table of the format, says that the name means. Tables are the`,
      `[vocabularies](${TABLES}) in which the rule looks words up; remarks are those that the examples raise.`,
    ],
    columns: ["Field", "Read from", "Rule of", "Tables", "Remarks"],
    own: "its own",
    carried: "what it carries",
    unread: "In the examples, nothing reads",
    unseen: "No example has",
  },
  vi: {
    title: "Tiếng Việt",
    how: (examples) => [
      `Quy tắc là mã chương trình: vị trí là những chỗ thấy được trong ${examples} ví dụ, quy tắc có thể đọc nhiều hơn. Trong ngoặc là`,
      `ý nghĩa của tên theo [dublin-core-terms](${TABLES}/dublin-core-terms.tsv) hoặc bảng riêng của định dạng. Bảng tra là các`,
      `[từ vựng](${TABLES}) mà quy tắc dùng để tra từ; ghi chú là những gì các ví dụ gây ra.`,
    ],
    columns: ["Trường", "Lấy từ", "Quy tắc của", "Bảng tra", "Ghi chú"],
    own: "riêng",
    carried: "biểu ghi bên trong",
    unread: "Trong các ví dụ, không quy tắc nào đọc",
    unseen: "Chưa có ví dụ nào cho",
  },
};

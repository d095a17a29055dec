import type { SeededChoice } from "./seeded-choice.ts";

/** A Vietnamese name in its three parts; the given name comes last and the family name is seldom used alone. */
export interface PersonName {
  readonly family: string;
  readonly middle: string;
  readonly given: string;
}

type Words = readonly [string, ...string[]];

// biome-ignore format: lists of words read better in lines
const FAMILIES: Words = [
  "Nguyễn", "Nguyễn", "Nguyễn", "Trần", "Trần", "Lê", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ",
  "Hồ", "Ngô", "Dương", "Lý", "Đinh", "Trịnh", "Lương", "Đoàn", "Cao", "Tạ", "Hà", "Chu", "Quách", "Thái", "Tôn Thất",
];
// biome-ignore format: lists of words read better in lines
const WOMEN = {
  middles: ["Thị", "Thị Thu", "Thị Minh", "Ngọc", "Thị Kim", "Thùy", "Thị Bích", "Khánh", "Thị Hồng", "Quỳnh", "Mai", "Thị Phương"],
  givens: [
    "Anh", "Châu", "Diệp", "Dung", "Giang", "Hà", "Hạnh", "Hằng", "Hiền", "Hoa", "Huệ", "Hương", "Lan", "Liên", "Linh",
    "Loan", "Ly", "Nga", "Ngân", "Nhung", "Oanh", "Phượng", "Thảo", "Thơm", "Thủy", "Trang", "Trâm", "Tuyết", "Vân", "Yến",
  ],
} as const;
// biome-ignore format: lists of words read better in lines
const MEN = {
  middles: ["Văn", "Hữu", "Đức", "Minh", "Quốc", "Xuân", "Công", "Đình", "Trọng", "Thanh", "Anh", "Quang", "Bá", "Duy"],
  givens: [
    "An", "Bách", "Bình", "Cường", "Dũng", "Đạt", "Đông", "Giang", "Hải", "Hiếu", "Hoàng", "Hùng", "Huy", "Khải", "Khoa",
    "Lâm", "Long", "Lộc", "Nam", "Nghĩa", "Phong", "Phúc", "Quân", "Sơn", "Tài", "Thắng", "Thành", "Toàn", "Tuấn", "Vinh",
  ],
} as const;
const DOCTORS: Words = ["TS.", "TS.", "PGS.TS.", "PGS.TS.", "GS.TS.", "PGS. TS.", "TS"];

export function choosePerson(choice: SeededChoice): PersonName {
  const words = choice.happens(0.5) ? WOMEN : MEN;
  return { family: choice.pick(FAMILIES), middle: choice.pick(words.middles), given: choice.pick(words.givens) };
}

/** Somebody who supervises theses, with the academic title before the name as repositories record it. */
export function chooseAdvisor(choice: SeededChoice): string {
  return `${choice.pick(DOCTORS)} ${writeName(choosePerson(choice))}`;
}

/** "Trần Thị Minh Hằng": as spoken and printed. */
export function writeName({ family, middle, given }: PersonName): string {
  return `${family} ${middle} ${given}`;
}

/** "Trần, Thị Minh Hằng": as forms with two boxes make it. */
export function invertName(name: string): string {
  const family = name.startsWith("Tôn Thất ") ? "Tôn Thất" : (name.split(" ")[0] ?? name);
  return family === name ? name : `${family}, ${name.slice(family.length + 1)}`;
}

/** What the name of a Vietnamese body begins with; "Trường" alone does not count ("Trường Chinh" is a man). */
const VIETNAMESE =
  /^(?:trường (?:đại học|đh|cao đẳng|cđ|trung|thpt|thcs|tiểu học|chính trị|sĩ quan|quốc tế)|đại học|đhqg|học viện|viện|bộ|sở|[uủ][yỷ] ban|ubnd|trung tâm|tổng cục|cục|vụ|hội|liên hiệp|liên đoàn|thư viện|công ty|tổng công ty|tập đoàn|ngân hàng|nhà xuất bản|nhà máy|nxb|ban|khoa|phòng|bảo tàng|bệnh viện|tạp chí|đảng|đoàn thanh niên|mặt trận|quốc hội|chính phủ|văn phòng|quỹ|nhóm|tòa án|toà án)\.? \S/iu;
const FOREIGN =
  /\b(?:universi(?:ty|ties|tät|té|tat|teit|dade|dad|tas)|institut|(?:college|school of|ministry|department|library|libraries|center|centre|association|committee|society|foundation|laborator(?:y|ies)|corporation|organi[sz]ation|council|agency|academy|museum|press|publishing|publishers|government|faculty|inc|ltd|gmbh|company|united nations|world bank)\b)/i;
const UNIVERSITY =
  /^(?:trường )?(?:đại học|đh|học viện|đhqg)(?!\p{L})|^(?:trường|viện đại học) |(?<!\p{L})(?:universit(?:y|é|ät)|academy|college)(?!\p{L})/iu;

/** Whether a name is that of a body rather than of a person, by the words in it. */
export function isOrganization(name: string): boolean {
  if (VIETNAMESE.test(name)) return true;
  // "Press, John" is a man
  return !/^\S+,/.test(name) && FOREIGN.test(name);
}

/** Whether a body grants degrees: a university, an academy, an institute of higher education. */
export function grantsDegrees(name: string): boolean {
  return UNIVERSITY.test(name);
}

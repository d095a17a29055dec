import { WINDOWS_1252 } from "./windows-1252.ts";

/**
 * The letters of VISCII (RFC 1456) from byte 80 on: `mappings/tables/viscii.tsv`. The six in the place of control characters
 * are left out: neither XML nor ISO 2709 lets them through.
 */
const LETTERS =
  "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ";
const FIRST = 0x80;

/** Bytes as ISO 8859-1 and as windows-1252 show them, with their letters. */
export const VISCII: ReadonlyMap<string, string> = new Map([
  ...[...LETTERS].map((letter, index): [string, string] => [String.fromCharCode(FIRST + index), letter]),
  ...[...WINDOWS_1252].map((character, index): [string, string] => [character, LETTERS.charAt(index)]),
]);

/** Vietnamese takes about so many bytes for a character. */
const BYTES_PER_CHARACTER = 1.25;
/** And no text more than so many. */
const MOST_BYTES_PER_CHARACTER = 3;

/**
 * The texts one behind the other in UTF-8. Each is written by itself into one buffer: to make a long answer one text first,
 * V8 copies it once more and then reads it twice, which took as long as to write a record.
 */
export function utf8Of(texts: readonly string[]): Buffer {
  let characters = 0;
  let longest = 0;
  for (const { length } of texts) {
    characters += length;
    longest = Math.max(longest, length);
  }
  let buffer = Buffer.allocUnsafe(Math.ceil(characters * BYTES_PER_CHARACTER) + longest * MOST_BYTES_PER_CHARACTER);
  let end = 0;
  for (const text of texts) {
    const needed = end + text.length * MOST_BYTES_PER_CHARACTER;
    if (needed > buffer.length) buffer = Buffer.concat([buffer.subarray(0, end)], Math.max(needed, buffer.length * 2));
    end += buffer.write(text, end);
  }
  return buffer.subarray(0, end);
}

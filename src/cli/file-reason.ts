/** Why a file could not be used, in words: the system's own sentence begins with its code and ends with a flag. */
export function fileReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? error.code : null;
  if (code === "ENOENT") return "there is no such file";
  if (code === "EISDIR") return "this is a folder";
  if (code === "EACCES") return "it may not be read or written";
  return error.message;
}

/** A dump cannot be written; the message says what is in the way, where, and what to do. */
export class ExportError extends Error {
  override readonly name = "ExportError";
}

const NOT_WRITABLE = "it may not be written; let this user write there, or name another folder";
const OCCUPIED = "something is there already; name a new folder";

/** What to do about the errors of files that a person can do something about. */
const ADVICE: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full; make room, or name a folder on another one",
  EDQUOT: "the quota of this user is used up; make room, or name another folder",
  EFBIG: "the file has become longer than is allowed here; name another folder",
  EACCES: NOT_WRITABLE,
  EPERM: NOT_WRITABLE,
  EROFS: "the disk can only be read; name another folder",
  EEXIST: OCCUPIED,
  ENOTEMPTY: OCCUPIED,
  ENOTDIR: "a part of this path is a file; name another folder",
  EBUSY: "this folder is in use as such, perhaps a disk of its own; name a new folder in it",
};

/** The failure of a file or folder at `path`, in words. */
export function fileFailure(path: string, cause: unknown): ExportError {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const reason = ADVICE[code] ?? (cause instanceof Error ? cause.message : String(cause));
  return new ExportError(`${path}: ${reason}`, { cause });
}

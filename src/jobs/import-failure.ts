/** A file that cannot be imported, or not to its end; the message names the file, the place in it and what to do. */
export class ImportFailure extends Error {
  override readonly name = "ImportFailure";
}

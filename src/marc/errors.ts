/** Bytes that hold no MARC record at all, or a record that ISO 2709 cannot carry. */
export class MarcError extends Error {
  override readonly name = "MarcError";
}

/** A remap cannot be begun, activated or taken back as things stand; the message says why and what to do. */
export class RemapRefused extends Error {
  override readonly name = "RemapRefused";
}

/** What was asked of the registry cannot be done; the message says why and what to do instead. */
export class RegistryError extends Error {
  override readonly name = "RegistryError";
}

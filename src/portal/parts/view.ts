import type { Format } from "../format.ts";
import type { Language, Messages } from "../messages/messages.ts";

/** How a part of a page speaks. */
export interface View {
  readonly language: Language;
  readonly messages: Messages;
  readonly format: Format;
}

import type { XmlElement } from "../xml/element.ts";

/** What a repository shows of the software behind it. */
export interface PlatformSigns {
  readonly baseUrl: string;
  readonly descriptions: readonly XmlElement[];
}

/** What is true of one repository software, whoever runs it. */
export interface Platform {
  readonly id: string;
  readonly name: string;
  /** Tells whether the signs are those of this software. */
  readonly matches: (signs: PlatformSigns) => boolean;
  /** Where its metadata wants another crosswalk than the format's own: namespace → name below `mappings/incoming`. */
  readonly crosswalks: Readonly<Record<string, string>>;
}

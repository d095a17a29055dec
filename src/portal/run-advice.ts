import { platformNamed } from "../../harvesters/index.ts";
import { ADVICE, type Advice } from "../client/advice.ts";
import type { Problem } from "../client/platform.ts";
import type { ProbeRemark } from "../client/probe-remark.ts";
import { REMARK_ADVICE } from "../client/remark-advice.ts";
import { OWN_DIAGNOSES } from "./messages/own-diagnoses.ts";

const TEXTS: Readonly<Record<string, Advice>> = { ...ADVICE, ...OWN_DIAGNOSES };

/** What a repository's own software has to do with a problem, in the words of its menus and settings. */
export interface SoftwareHint {
  /** Name of the software, as people know it. */
  readonly software: string;
  readonly text: Advice;
}

/** What a diagnosis of a run means and what to do about it, or `null` for a word that is not known any more. */
export function adviceOn(diagnosis: string): Advice | null {
  return Object.hasOwn(TEXTS, diagnosis) ? (TEXTS[diagnosis] ?? null) : null;
}

/** What a remark of the probe means and what to do about it, or `null` for a word that is not known any more. */
export function remarkAdvice(remark: string): Advice | null {
  return Object.hasOwn(REMARK_ADVICE, remark) ? REMARK_ADVICE[remark as ProbeRemark] : null;
}

/** What the software behind a repository knows of a diagnosis, a remark of the probe or a remark on records; or `null`. */
export function hintOn(problem: string, platformId: string | null): SoftwareHint | null {
  const { name, hints } = platformNamed(platformId);
  const text = Object.hasOwn(hints, problem) ? hints[problem as Problem] : undefined;
  return text === undefined ? null : { software: name, text };
}

/** The first sentence: what happened, without what to do about it. */
export function firstSentence(text: string): string {
  const end = text.indexOf(". ");
  return end < 0 ? text : text.slice(0, end + 1);
}

const SET_SPEC = /^[A-Za-z0-9\-_.!~*'()]+(:[A-Za-z0-9\-_.!~*'()]+)*$/;

/** Tells whether `text` is a setSpec: URI-unreserved characters, levels divided by colons (OAI-PMH 2.0 §2.6, OAI-PMH.xsd). */
export function isSetSpec(text: string): boolean {
  return SET_SPEC.test(text);
}

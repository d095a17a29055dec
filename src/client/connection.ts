/** What one repository needs beyond its address. Plain values: where secrets are kept is not the client's business. */
export interface RepositoryConnection {
  /** Sent with every request to the repository's own origin, and to no other. */
  readonly headers: Readonly<Record<string, string>>;
  readonly basicAuth: { readonly user: string; readonly password: string } | null;
  /** Certificates in PEM that are trusted beside the public ones, for this repository alone. */
  readonly caBundle: string | null;
  /** An operator has allowed private addresses and unusual ports for this repository. */
  readonly allowPrivate: boolean;
}

export const PLAIN_CONNECTION: RepositoryConnection = {
  headers: {},
  basicAuth: null,
  caBundle: null,
  allowPrivate: false,
};

/** Headers that belong to the connection itself; a repository's settings must not bend them. */
const NOT_TO_BE_SET = /^(host|connection|content-length|transfer-encoding|accept-encoding|upgrade|te|expect)$/i;

/** Whether a repository's settings may hold a header of that name. */
export function mayBeSet(headerName: string): boolean {
  return !NOT_TO_BE_SET.test(headerName);
}

/** Whether requests carry anything that only the repository itself may see. */
export function hasSecrets({ headers, basicAuth }: RepositoryConnection): boolean {
  return basicAuth !== null || Object.keys(headers).length > 0;
}

/** The repository's own headers, names in lower case, credentials included (RFC 7617, UTF-8). */
export function connectionHeaders({ headers, basicAuth }: RepositoryConnection): Record<string, string> {
  const own: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (mayBeSet(name)) own[name.toLowerCase()] = value;
  }
  if (basicAuth !== null) {
    const token = Buffer.from(`${basicAuth.user}:${basicAuth.password}`, "utf8").toString("base64");
    own.authorization = `Basic ${token}`;
  }
  return own;
}

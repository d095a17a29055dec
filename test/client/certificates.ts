import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A key with its certificate, in PEM. */
export interface Certified {
  readonly key: string;
  readonly cert: string;
}

/** Whether the openssl command is here. Node.js can read certificates but not make them. */
export const HAS_OPENSSL = works();
export const OPENSSL_ABSENT = "skipped: the openssl command is not here, and nothing else makes certificates";

const NEW_KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];

/** A root, an intermediate authority below it and certificates of repositories, all made for one test run. */
export class Authority {
  readonly root: Certified;
  readonly intermediate: Certified;
  readonly #folder = mkdtempSync(join(tmpdir(), "lienthong-tls-"));

  constructor() {
    this.#openssl("req", "-x509", ...NEW_KEY, "-keyout", "root.key", "-out", "root.pem", "-subj", "/CN=Test Root");
    this.root = this.#read("root");
    this.#issue("intermediate", "root", ["-addext", "basicConstraints=critical,CA:TRUE"], 30);
    this.intermediate = this.#read("intermediate");
  }

  /** A certificate for `name`, below `issuer`, that is good for `days` days; -1: it ended yesterday. */
  issue(name: string, issuer: "root" | "intermediate" = "root", days = 30): Certified {
    const file = `${name}-${issuer}-${days}`;
    this.#issue(file, issuer, ["-addext", `subjectAltName=DNS:${name}`], days);
    return this.#read(file);
  }

  /** A certificate that names itself as its issuer. */
  selfSigned(name: string): Certified {
    const subject = ["-subj", `/CN=${name}`, "-addext", `subjectAltName=DNS:${name}`];
    this.#openssl("req", "-x509", ...NEW_KEY, "-keyout", "self.key", "-out", "self.pem", ...subject);
    return this.#read("self");
  }

  /** The last day of a certificate as openssl prints it, e.g. `2026-11-23`. */
  lastDay({ cert }: Certified): string {
    const printed = execFileSync("openssl", ["x509", "-noout", "-enddate"], { input: cert, encoding: "utf8" });
    return new Date(printed.replace("notAfter=", "").trim()).toISOString().slice(0, 10);
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #issue(file: string, issuer: string, extensions: readonly string[], days: number): void {
    const request = ["-keyout", `${file}.key`, "-out", `${file}.csr`, "-subj", `/CN=${file}`];
    this.#openssl("req", ...NEW_KEY, ...request, ...extensions);
    const signing = ["-CA", `${issuer}.pem`, "-CAkey", `${issuer}.key`, "-CAcreateserial", "-copy_extensions", "copy"];
    this.#openssl("x509", "-req", "-in", `${file}.csr`, ...signing, "-days", String(days), "-out", `${file}.pem`);
  }

  #openssl(...args: readonly string[]): void {
    execFileSync("openssl", args, { cwd: this.#folder, stdio: "pipe" });
  }

  #read(file: string): Certified {
    const read = (ending: string) => readFileSync(join(this.#folder, `${file}.${ending}`), "utf8");
    return { key: read("key"), cert: read("pem") };
  }
}

function works(): boolean {
  try {
    execFileSync("openssl", ["version"], { stdio: "pipe" });
    return true;
  } catch {
    return false;
  }
}

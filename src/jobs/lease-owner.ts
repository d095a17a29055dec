import { randomUUID } from "node:crypto";
import { readlinkSync } from "node:fs";
import { hostname } from "node:os";

/**
 * A name for this process that others can judge: machine, process namespace, process number, and a random part because
 * numbers come round again.
 */
export function ownerName(): string {
  return `${hostname()} ${processNamespace()} ${process.pid} ${randomUUID()}`;
}

/** Tells whether an owner was a process of this machine that is gone: its lease need not be waited for. */
export function isDeadNeighbour(owner: string): boolean {
  const [host, namespace, pid] = owner.split(" ");
  if (host !== hostname() || namespace !== processNamespace()) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ESRCH";
  }
}

/** Containers may share a host name while each counts its own processes; Linux tells them apart. */
function processNamespace(): string {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return "pid";
  }
}

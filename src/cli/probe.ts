import { createServices } from "../create-services.ts";
import { probeRepository } from "../jobs/probe-repository.ts";
import { repositoryOfCode } from "../registry/repositories.ts";
import { print, printTable, withStore } from "./run-command.ts";
import { stopSignal } from "./signals.ts";

/** `lienthong repository probe`: what software it is and whether its datestamps can be trusted. */
export async function probeCommand(code: string): Promise<void> {
  await withStore(async ({ config, db, log }) => {
    const repository = await repositoryOfCode(db, code);
    const services = createServices(config, db, log);
    try {
      const { platform, metadataPrefix, behaviour } = await probeRepository(
        services,
        repository.repository_id,
        new Date(),
        stopSignal(),
      );
      printTable(
        ["question", "answer"],
        behaviour.asked.map(({ question, answer }) => [question, answer]),
      );
      print(`software: ${platform}; format: ${metadataPrefix}; strategy: ${behaviour.strategy}`);
      if (behaviour.remarks.length > 0) print(`remarks: ${behaviour.remarks.join(", ")}`);
    } finally {
      await services.http.close();
    }
  });
}

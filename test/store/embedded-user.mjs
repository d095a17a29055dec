import { once } from "node:events";

/**
 * A process that uses the embedded server: it takes the module and the data folder as arguments, prints where the server
 * is, and releases it when it is told to by a line of input. What goes wrong is printed as `name: message`, exit code 1.
 * JavaScript, so that it starts at once.
 */
const [module = "", folder = ""] = process.argv.slice(2);
const { startEmbeddedPostgres } = await import(module);

try {
  const server = await startEmbeddedPostgres({ folder });
  process.stdout.write(`${server.url}\n`);
  await once(process.stdin, "data");
  await server.release();
  process.stdin.destroy();
} catch (error) {
  process.stdout.write(`${error.name}: ${error.message}\n`);
  process.exitCode = 1;
}

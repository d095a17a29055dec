import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readConfig, SETTINGS } from "../src/config.ts";
import { VERSION } from "../src/version.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (file: string) => readFileSync(`${root}${file}`, "utf8");
const settings = Object.values(SETTINGS);

describe("settings", () => {
  test("docs/settings.md tells each setting with its default and its line of help, in the order of the table", () => {
    const rows = [...read("docs/settings.md").matchAll(/^\| `([A-Z_]+)`\s*\|\s*(.*?)\s*\|\s*(.*?)\s*\|$/gm)].map(
      ([, ...cells]) => cells,
    );
    expect(rows).toEqual(
      settings.map(({ variable, fallback, help }) => [variable, fallback === "" ? "" : `\`${fallback}\``, help]),
    );
  });

  test(".env.example holds each setting once, commented out, with its default", () => {
    const lines = read(".env.example")
      .split("\n")
      .filter((line) => /^# [A-Z_]+=/.test(line));
    expect(lines).toEqual(settings.map(({ variable, fallback }) => `# ${variable}=${fallback}`));
  });

  test("the defaults are all usable", () => {
    expect(readConfig({}).port).toBe(3000);
  });

  test("all mistakes are reported together, each with its variable and what is expected", () => {
    expect(() => readConfig({ PORT: "http", LOG_LEVEL: "loud", DATABASE_URL: "mysql://x" })).toThrow(
      /DATABASE_URL="mysql:\/\/x": .*postgres:[\s\S]*PORT="http": must be a whole number[\s\S]*LOG_LEVEL="loud": must be one of/,
    );
  });
});

test("the version is that of package.json", () => {
  expect(VERSION).toBe(JSON.parse(read("package.json")).version);
});

const documents = [
  "README.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  ...readdirSync(`${root}docs`, { recursive: true }).map((name) => `docs/${name}`),
];

test.each(documents.filter((name) => name.endsWith(".md")))(
  "every link of %s to a file of ours leads somewhere",
  (name) => {
    const folder = name.includes("/") ? name.slice(0, name.lastIndexOf("/") + 1) : "";
    const links = [...read(name).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map((match) => match[1] ?? "");
    expect(links.filter((link) => !existsSync(`${root}${folder}${link}`))).toEqual([]);
  },
);

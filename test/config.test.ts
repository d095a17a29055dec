import { expect, test } from "vitest";
import { readConfig } from "../src/config.ts";

test("proxies are named by addresses and networks", () => {
  const { trustedProxies } = readConfig({ TRUSTED_PROXIES: "127.0.0.1, 10.2.0.0/16 2001:db8::/32,::1" });
  expect(trustedProxies).toEqual(["127.0.0.1", "10.2.0.0/16", "2001:db8::/32", "::1"]);
  expect(readConfig({}).trustedProxies).toEqual([]);
});

test.each(["proxy.example.vn", "10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/8/8", "10.0.0.0/x", "1", "*"])(
  "%s names no proxy",
  (text) => {
    expect(() => readConfig({ TRUSTED_PROXIES: text })).toThrow(/TRUSTED_PROXIES=.*is no address and no network/);
  },
);

test("a licence is an address, and stays as it is", () => {
  const licence = "https://creativecommons.org/publicdomain/zero/1.0/";
  expect(readConfig({ METADATA_RIGHTS: licence }).metadataRights).toBe(licence);
  expect(readConfig({}).metadataRights).toBeNull();
  for (const text of ["CC0", "javascript:alert(1)", "https://example.vn/a b", "https://example.vn/%zz"])
    expect(() => readConfig({ METADATA_RIGHTS: text }), text).toThrow(/METADATA_RIGHTS/);
});

test("tokens of the API are names and digests, and nothing of what is wrong with them is shown", () => {
  const [first, second] = ["a".repeat(64), "0F".repeat(32)];
  const { apiTokens } = readConfig({ API_TOKENS: `thu-vien:${first}, doi.tac-2:${second}` });
  expect(apiTokens.map(({ name, digest }) => [name, digest.toString("hex")])).toEqual([
    ["thu-vien", first],
    ["doi.tac-2", second.toLowerCase()],
  ]);
  expect(readConfig({}).apiTokens).toEqual([]);
  for (const text of ["my-secret-token", "thu-vien:my-secret-token", `:${first}`, `a:${first}0`, `a:b:${first}`])
    expect(() => readConfig({ API_TOKENS: text }), text).toThrow(/API_TOKENS: must be (?!.*my-secret)/);
  expect(() => readConfig({ METRICS_TOKEN: "my-secret", TOKEN_SECRET: "my-secret" })).not.toThrow(/my-secret/);
});

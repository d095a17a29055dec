import { expect, test } from "vitest";
import { consumerOf, networkOf } from "../../src/http/consumer.ts";

/** RFC 4291 §2.2: the same address in its several forms; §2.5.4: 64 bits are the network. */
test.each([
  ["192.0.2.7", "192.0.2.7"],
  ["::ffff:192.0.2.7", "192.0.2.7"],
  ["::FFFF:192.0.2.7", "192.0.2.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:0DB8:0001:0002::9", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["2001:db8::5:6:7:8", "2001:db8:0:0::/64"],
  ["2001:db8:1:2::", "2001:db8:1:2::/64"],
  ["::1", "0:0:0:0::/64"],
  ["::", "0:0:0:0::/64"],
  ["64:ff9b::192.0.2.7", "64:ff9b:0:0::/64"],
  ["1:2:3:4:5:6:192.0.2.7", "1:2:3:4::/64"],
  ["::4:5:6:7:192.0.2.7", "0:0:4:5::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["unknown", "unknown"],
  [undefined, ""],
])("%s is the consumer %s", (address, consumer) => {
  expect(consumerOf(address)).toBe(consumer);
});

test("what a proxy wrote instead of an address costs little memory", () => {
  expect(consumerOf("x".repeat(100_000)).length).toBeLessThan(100);
});

/** RFC 5952 §4.2: one form of each; RFC 4291 §2.2. */
test.each([
  ["192.0.2.7", "192.0.2.0/24"],
  ["192.0.2.250", "192.0.2.0/24"],
  ["::ffff:192.0.2.7", "192.0.2.0/24"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"],
  ["2001:0DB8:0001:ffff::9", "2001:db8:1::/48"],
  ["2001:db8::1", "2001:db8::/48"],
  ["2001:0:1:2::1", "2001:0:1::/48"],
  ["2001::", "2001::/48"],
  ["::1", "::/48"],
  ["fe80::1%eth0", "fe80::/48"],
  ["unknown", ""],
  ["999.1.1.1", ""],
  [undefined, ""],
])("%s is of the network %s", (address, network) => {
  expect(networkOf(address)).toBe(network);
});

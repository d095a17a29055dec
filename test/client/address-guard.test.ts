import type { LookupAddress } from "node:dns";
import { isIP } from "node:net";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressKind, createAddressGuard, parsePrivateNetworks } from "../../src/client/address-guard.ts";
import { PLAIN_CONNECTION } from "../../src/client/connection.ts";
import { serve, testClient, textOf } from "./servers.ts";

/** First and last address of what the registries of IANA keep for special purposes (RFC 6890 and its updates). */
const BLOCKED_IPV4 = {
  "this network": ["0.0.0.0", "0.255.255.255"],
  private10: ["10.0.0.0", "10.255.255.255"],
  "carrier-grade NAT": ["100.64.0.0", "100.127.255.255"],
  loopback: ["127.0.0.0", "127.255.255.255"],
  "link-local and metadata": ["169.254.0.0", "169.254.255.255"],
  private172: ["172.16.0.0", "172.31.255.255"],
  "IETF protocol assignments": ["192.0.0.0", "192.0.0.255"],
  "TEST-NET-1": ["192.0.2.0", "192.0.2.255"],
  "6to4 relays": ["192.88.99.0", "192.88.99.255"],
  private192: ["192.168.0.0", "192.168.255.255"],
  benchmarks: ["198.18.0.0", "198.19.255.255"],
  "TEST-NET-2": ["198.51.100.0", "198.51.100.255"],
  "TEST-NET-3": ["203.0.113.0", "203.0.113.255"],
  multicast: ["224.0.0.0", "239.255.255.255"],
  "reserved and broadcast": ["240.0.0.0", "255.255.255.255"],
} as const;

const BLOCKED_IPV6 = [
  "::",
  "::1",
  "::7f00:1",
  "::ffff:127.0.0.1",
  "::ffff:8.8.8.8",
  "64:ff9b::8.8.8.8",
  "64:ff9b::a00:1",
  "64:ff9b:1::1",
  "100::1",
  "2001::1",
  "2001:db8::1",
  "2002:7f00:1::1",
  "3fff::1",
  "5f00::1",
  "fc00::1",
  "fd00:ec2::254",
  "fdff:ffff::1",
  "fe80::1",
  "fec0::1",
  "ff02::1",
  "ffff::1",
];

const PUBLIC = [
  "1.1.1.1",
  "9.255.255.255",
  "11.0.0.0",
  "100.63.255.255",
  "100.128.0.0",
  "126.255.255.255",
  "128.0.0.1",
  "172.15.255.255",
  "172.32.0.0",
  "192.0.1.1",
  "192.167.255.255",
  "198.17.255.255",
  "203.113.131.1",
  "223.255.255.255",
  "2001:ee0::1",
  "2400:cb00::1",
  "2606:4700::1111",
  "3ffe::1",
];

const guard = createAddressGuard([]);

describe("addresses", () => {
  test.each(PUBLIC)("%s is public", (address) => {
    expect(addressKind(address)).toBe("public");
  });

  test.each(BLOCKED_IPV6)("%s is not", (address) => {
    expect(addressKind(address)).not.toBe("public");
  });

  test.each(["169.254.169.254", "fd00:ec2::254", "100.100.100.200", "168.63.129.16"])(
    "%s, where a cloud keeps its secrets, is refused even to a repository that may be private",
    (address) => {
      const url = new URL(isIP(address) === 4 ? `http://${address}/latest` : `http://[${address}]/latest`);
      expect(() => guard.checkUrl(url, true)).toThrow(/where no repository can be/);
    },
  );

  test("every blocked IPv4 address is refused however it is spelt", () => {
    const ranges = Object.values(BLOCKED_IPV4).map(([first, last]) =>
      fc.integer({ min: numberOf(first), max: numberOf(last) }),
    );
    fc.assert(
      fc.property(fc.oneof(...ranges), spelling, (address, spell) => {
        expect(() => guard.checkUrl(new URL(`http://${spell(address)}/oai`), false)).toThrow(
          expect.objectContaining({ diagnosis: "address_refused" }),
        );
      }),
    );
  });

  test("every public IPv4 address passes however it is spelt", () => {
    const anyAddress = fc.integer({ min: 0, max: 2 ** 32 - 1 }).filter((address) => !isBlocked(address));
    fc.assert(
      fc.property(anyAddress, spelling, (address, spell) => {
        expect(() => guard.checkUrl(new URL(`http://${spell(address)}/oai`), false)).not.toThrow();
      }),
    );
  });

  test("no IPv6 address outside of global unicast passes, and every other one does", () => {
    const groups = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 7, maxLength: 7 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff }), groups, (first, rest) => {
        const host = `[${[first, ...rest].map((group) => group.toString(16)).join(":")}]`;
        // 2000::/3 without 2001::/23, 2001:db8::/32, 2002::/16 and 3fff::/20
        const [second = 0] = rest;
        const special =
          (first === 0x2001 && (second < 0x200 || second === 0xdb8)) ||
          first === 0x2002 ||
          (first === 0x3fff && second < 0x1000);
        const asking = () => guard.checkUrl(new URL(`http://${host}/oai`), false);
        if (first >= 0x2000 && first <= 0x3fff && !special) expect(asking).not.toThrow();
        else expect(asking).toThrow(expect.objectContaining({ diagnosis: "address_refused" }));
      }),
    );
  });
});

describe("URLs", () => {
  test.each(["http://user:secret@8.8.8.8/oai", "http://admin@kho.edu.vn/oai"])(
    "%s is refused, and the password is not repeated",
    (address) => {
      expect(() => guard.checkUrl(new URL(address), false)).toThrow(/^the address of [a-z0-9.]+ holds a user name/);
    },
  );

  test.each(["ftp://kho.edu.vn/", "file:///etc/passwd", "gopher://kho.edu.vn/"])("%s is refused", (address) => {
    expect(() => guard.checkUrl(new URL(address), true)).toThrow(expect.objectContaining({ diagnosis: "bad_url" }));
  });

  test("a public address in front of an @ does not hide the one behind it", () => {
    expect(() => guard.checkUrl(new URL("http://8.8.8.8@127.0.0.1/oai"), false)).toThrow();
  });

  test.each([22, 25, 3000, 6379, 9200])("port %i is refused on a public address", (port) => {
    expect(() => guard.checkUrl(new URL(`http://8.8.8.8:${port}/oai`), false)).toThrow(/on port \d+; repositories/);
  });

  test.each([80, 443, 8080, 8443])("port %i is not", (port) => {
    expect(() => guard.checkUrl(new URL(`http://8.8.8.8:${port}/oai`), false)).not.toThrow();
  });
});

describe("what an operator allows", () => {
  const here: LookupAddress = { address: "10.2.3.4", family: 4 };

  test("is one repository, with its private network and its port", () => {
    expect(() => guard.checkUrl(new URL("http://10.2.3.4:9000/oai"), true)).not.toThrow();
    expect(() => guard.checkAddresses("kho.local", 9000, [here], true)).not.toThrow();
    expect(() => guard.checkAddresses("kho.local", 9000, [here], false)).toThrow(/HARVEST_PRIVATE_NETWORKS/);
  });

  test.each(["10.2.0.0/16", "10.2.3.4", "kho.local", "KHO.LOCAL."])("is %s in the settings", (entry) => {
    const allowing = createAddressGuard([entry]);
    expect(() => allowing.checkAddresses("kho.local", 9000, [here], false)).not.toThrow();
    const other: LookupAddress = { address: "10.9.9.9", family: 4 };
    expect(() => allowing.checkAddresses("other.local", 80, [other], false)).toThrow();
  });

  test("is refused where only one of several addresses is allowed", () => {
    const both: LookupAddress[] = [
      { address: "8.8.8.8", family: 4 },
      { address: "127.0.0.1", family: 4 },
    ];
    expect(() => guard.checkAddresses("kho.edu.vn", 80, both, false)).toThrow(/kho\.edu\.vn leads to 127\.0\.0\.1/);
  });

  test.each(["10.2.0.0/33", "10.2.0.0/", "300.1.1.1", "kho..local", "http://kho.local", "*", "::/129"])(
    "is not %s, and the entry is named",
    (entry) => {
      expect(() => parsePrivateNetworks([entry])).toThrow(`"${entry}" is neither a network`);
    },
  );
});

describe("on real sockets", () => {
  const guarded = { privateNetworks: [], retries: 0 };

  test.each(["localhost", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "[::1]", "[::ffff:7f00:1]"])(
    "a server of this machine is not asked as %s",
    async (host) => {
      let requests = 0;
      const url = new URL(
        await serve((_, response) => {
          requests += 1;
          response.end();
        }),
      );
      await expect(textOf(testClient(guarded), `http://${host}:${url.port}/`)).rejects.toMatchObject({
        diagnosis: "address_refused",
      });
      expect(requests).toBe(0);
    },
  );

  test("the address that was judged is the one that is connected to, and the name is looked up once", async () => {
    const seen: (string | undefined)[] = [];
    const url = new URL(
      await serve((request, response) => {
        seen.push(request.socket.localAddress, request.headers.host);
        response.end("read");
      }),
    );
    // a name server that means to fool us answers something else the second time
    const answers: LookupAddress[] = [
      { address: "127.0.0.1", family: 4 },
      { address: "127.0.0.2", family: 4 },
    ];
    const lookUp = async () => answers.splice(0, 1);
    const http = testClient({}, () => {}, { lookUp });
    expect(await textOf(http, `http://kho.edu.vn:${url.port}/`)).toBe("read");
    expect(seen).toEqual(["127.0.0.1", `kho.edu.vn:${url.port}`]);
    expect(answers).toHaveLength(1);
  });

  test("a connection that one repository may have is not lent to another that may not", async () => {
    const url = await serve((_, response) => response.end("read"));
    const http = testClient(guarded);
    expect(await textOf(http, url, { ...PLAIN_CONNECTION, allowPrivate: true })).toBe("read");
    await expect(textOf(http, url)).rejects.toMatchObject({ diagnosis: "address_refused" });
  });

  test("a redirect into a private network is not followed", async () => {
    let asked = 0;
    const inner = new URL(
      await serve((_, response) => {
        asked += 1;
        response.end("secret");
      }),
    );
    const outer = new URL(
      await serve((_, response) =>
        response.writeHead(302, { location: `http://noi-bo.kho.edu.vn:${inner.port}/` }).end(),
      ),
    );
    const lookUp = async (name: string): Promise<LookupAddress[]> => [
      { address: name === "kho.edu.vn" ? "127.0.0.1" : "127.0.0.2", family: 4 },
    ];
    const http = testClient({ ...guarded, privateNetworks: ["127.0.0.1"] }, () => {}, { lookUp });
    await expect(textOf(http, `http://kho.edu.vn:${outer.port}/`)).rejects.toThrow(
      /noi-bo\.kho\.edu\.vn leads to 127\.0\.0\.2/,
    );
    expect(asked).toBe(0);
  });
});

/** Ways to write an IPv4 address that a browser understands (WHATWG URL §3.5). */
const spelling = fc.constantFrom<(address: number) => string>(
  (address) => dotted(address),
  (address) => `${dotted(address)}.`,
  (address) => String(address),
  (address) => `0x${address.toString(16)}`,
  (address) => `0${address.toString(8)}`,
  (address) =>
    bytesOf(address)
      .map((byte) => `0x${byte.toString(16)}`)
      .join("."),
  (address) =>
    bytesOf(address)
      .map((byte) => `0${byte.toString(8)}`)
      .join("."),
  (address) => `${address >>> 24}.${address & 0xffffff}`,
  (address) => `${address >>> 24}.${(address >>> 16) & 0xff}.${address & 0xffff}`,
  (address) => dotted(address).replaceAll(".", "%2e"),
  (address) => dotted(address).replaceAll(".", "。"),
);

function bytesOf(address: number): number[] {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 0xff);
}

function dotted(address: number): string {
  return bytesOf(address).join(".");
}

function numberOf(address: string): number {
  return address.split(".").reduce((number, byte) => number * 256 + Number(byte), 0);
}

function isBlocked(address: number): boolean {
  const metadata = [numberOf("168.63.129.16"), numberOf("100.100.100.200")];
  const ranges = Object.values(BLOCKED_IPV4);
  return (
    metadata.includes(address) ||
    ranges.some(([first, last]) => address >= numberOf(first) && address <= numberOf(last))
  );
}

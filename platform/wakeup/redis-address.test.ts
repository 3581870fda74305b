import { readRedisAddress } from "./redis-address";

const plain = { tls: false, username: undefined, password: undefined };

test.each([
  ["redis://cache", { ...plain, nodes: [{ host: "cache", port: 6379 }] }],
  ["redis://cache:80", { ...plain, nodes: [{ host: "cache", port: 80 }] }],
  ["redis://[::1]:7000/2", { ...plain, nodes: [{ host: "::1", port: 7000 }] }],
  [
    "rediss://hub:p%40ss@cache:6380",
    { tls: true, username: "hub", password: "p@ss", nodes: [{ host: "cache", port: 6380 }] },
  ],
  ["redis://:secret@cache", { ...plain, password: "secret", nodes: [{ host: "cache", port: 6379 }] }],
  [
    "redis+cluster://a:7000,b:7001",
    {
      ...plain,
      nodes: [
        { host: "a", port: 7000 },
        { host: "b", port: 7001 },
      ],
    },
  ],
  [
    "rediss://:secret@a:7000, rediss://b",
    {
      tls: true,
      username: undefined,
      password: "secret",
      nodes: [
        { host: "a", port: 7000 },
        { host: "b", port: 6379 },
      ],
    },
  ],
])("E9: %s", (text, address) => {
  expect(readRedisAddress(text)).toEqual(address);
});

test.each(["cache:6379", "http://cache", "", "redis://", "redis://:secret@ca che", "redis://a:7000,"])(
  "E9: %p is refused, and not repeated",
  (text) => {
    let message = "";
    try {
      readRedisAddress(text);
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toMatch(/Redis address/);
    expect(message).not.toContain("secret");
  },
);

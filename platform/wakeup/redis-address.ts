/** Where Redis is. Of a cluster any node will do: it passes what is published on to all others. */
export interface RedisAddress {
  readonly nodes: readonly { readonly host: string; readonly port: number }[];
  readonly tls: boolean;
  readonly username: string | undefined;
  readonly password: string | undefined;
}

const PORT = 6379;
const SCHEME = /^(redis|rediss)(\+cluster)?:\/\//;

/**
 * Reads an address: `redis://` or, over TLS, `rediss://`, with `user:password@` before the host where need be. Several
 * nodes of a cluster are parted by commas, each with or without scheme, and `redis+cluster://` may be written for them.
 * User, password and TLS are those of the first. A database number is passed over: wake-ups are of the whole server.
 *
 * Throws an Error that does not repeat the address, which may hold a password.
 */
export function readRedisAddress(text: string): RedisAddress {
  const parts = text.split(",").map((part) => part.trim());
  const scheme = SCHEME.exec(parts[0] ?? "");
  if (scheme === null) throw new Error("A Redis address begins with redis:// or rediss://.");
  const urls = parts.map((part) => {
    try {
      // "http:" is among the schemes whose host and port are taken apart and checked.
      return new URL(`http://${part.replace(SCHEME, "")}`);
    } catch {
      throw new Error("The Redis address names no host that could be read.");
    }
  });
  const [first] = urls;
  return {
    nodes: urls.map(({ hostname, port }, at) => ({
      host: hostname.replace(/^\[(.*)\]$/, "$1"),
      port: port === "" ? (parts[at]!.endsWith(":80") ? 80 : PORT) : Number(port),
    })),
    tls: scheme[1] === "rediss",
    username: first!.username === "" ? undefined : decodeURIComponent(first!.username),
    password: first!.password === "" ? undefined : decodeURIComponent(first!.password),
  };
}

import { Redis } from "ioredis";
import { createConnectedBus, type Connect } from "./connected-bus";
import { readRedisAddress } from "./redis-address";
import type { BusNotice, WakeUpBus } from "./wake-up-bus";

/** One channel for all topics, which are its messages. */
const CHANNEL = "hub:wakeup";

/** ms. */
const CONNECT_LIMIT = 5_000;

/** Closes a connection. One that has ended is let be: ioredis would wait for its end again, and keep the process alive. */
async function ended(redis: Redis): Promise<void> {
  if (redis.status === "end") return;
  const end = new Promise<void>((resolve) => void redis.once("end", resolve));
  redis.disconnect();
  await end;
}

/**
 * A bus over Redis pub/sub, at an address as `readRedisAddress` reads it (and throws of). In a cluster one node at a time
 * is spoken to, the next one when it is lost. Everybody who shares the Redis shares its topics.
 */
export function createRedisBus(address: string, onNotice: BusNotice): WakeUpBus {
  const { nodes, tls, username, password } = readRedisAddress(address);
  const connect: Connect = async ({ wake, gone }, attempt) => {
    const { host, port } = nodes[attempt % nodes.length]!;
    const open = () => {
      const redis = new Redis({
        host,
        port,
        ...(username === undefined ? {} : { username }),
        ...(password === undefined ? {} : { password }),
        ...(tls ? { tls: { servername: host } } : {}),
        lazyConnect: true,
        connectTimeout: CONNECT_LIMIT,
        keepAlive: CONNECT_LIMIT,
        // The bus connects anew by itself, and a wake-up that cannot be sent now is not sent later.
        retryStrategy: null,
        enableOfflineQueue: false,
        maxRetriesPerRequest: 0,
      });
      redis.on("error", gone);
      redis.on("end", gone);
      return redis;
    };
    const [hearing, speaking] = [open(), open()];
    const end = async () => {
      await Promise.all([hearing, speaking].map(ended));
    };
    hearing.on("message", (_channel: string, topic: string) => wake(topic));
    try {
      await Promise.all([hearing.connect(), speaking.connect()]);
      await hearing.subscribe(CHANNEL);
    } catch (error) {
      await end();
      throw error;
    }
    return { publish: (topic) => speaking.publish(CHANNEL, topic), end };
  };
  return createConnectedBus(connect, onNotice);
}

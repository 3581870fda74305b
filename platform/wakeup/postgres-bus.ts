import { Client } from "pg";
import { createConnectedBus, type Connect } from "./connected-bus";
import type { BusNotice, WakeUpBus } from "./wake-up-bus";

/** One channel for all topics, which come as its payload; an outbox's SQL names it too. */
const CHANNEL = "wakeup";

/** ms. */
const CONNECT_LIMIT = 5_000;

/**
 * A bus over LISTEN/NOTIFY, on one connection of its own to the database at `url`. The outbox of that database publishes
 * the topic `outbox` by itself, as part of each commit that appends.
 */
export function createPostgresBus(url: string, onNotice: BusNotice): WakeUpBus {
  const connect: Connect = async ({ wake, gone }) => {
    const client = new Client({
      connectionString: url,
      application_name: "wake-ups",
      keepAlive: true,
      connectionTimeoutMillis: CONNECT_LIMIT,
    });
    client.on("error", gone);
    client.on("end", gone);
    client.on("notification", ({ payload }) => wake(payload ?? ""));
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    // One at a time, as `pg` wants it.
    let sent: Promise<unknown> = Promise.resolve();
    return {
      publish: (topic) =>
        (sent = sent.then(() => client.query("SELECT pg_notify($1, $2)", [CHANNEL, topic]))),
      end: () => client.end(),
    };
  };
  return createConnectedBus(connect, onNotice);
}

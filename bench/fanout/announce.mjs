/**
 * Tells the runner where this contestant serves; ends when the runner ends or says so. Answers "cpu" with the microseconds
 * that all its threads have used (the ticks of /proc are too coarse for some thousand deliveries), and "memory" after full
 * collections, so that what is not needed any more is not counted.
 */
export function announce(url) {
  process.on("disconnect", () => process.exit(0));
  process.on("SIGTERM", () => process.exit(0));
  process.on("message", (order) => {
    if (order === "cpu") {
      const { user, system } = process.cpuUsage();
      return process.send({ cpu: user + system });
    }
    if (order !== "memory") return;
    globalThis.gc?.();
    globalThis.gc?.();
    const { rss, heapUsed, external } = process.memoryUsage();
    process.send({ rss, heapUsed, external });
  });
  process.send({ url });
}

/** What the runner prepared: addresses of the subgraphs, the files of both supergraphs, the issuers' keys. */
export const given = JSON.parse(process.env.BENCH_GIVEN);

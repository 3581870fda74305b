/** Tells the runner where this contestant serves, and ends when the runner ends or says so. */
export function announce(url, extra = {}) {
  process.on("disconnect", () => process.exit(0));
  process.on("SIGTERM", () => process.exit(0));
  process.send({ url, ...extra });
}

/** What the runner prepared: addresses of the subgraphs, the files of both supergraphs, the issuer's keys. */
export const given = JSON.parse(process.env.BENCH_GIVEN);

import { createTestDatabase } from "../../test/setup/databases";
import { seedCity } from "./seed-city";
import { siteDatabases } from "./site-databases.fixture";
import { writeFileSync } from "node:fs";
test("t", async () => {
  const out: string[] = [];
  for (const people of [1, 40, 2000, 2000]) {
    let t = performance.now();
    const lap = (w: string) => {
      out.push(`${people} ${w} ${(performance.now() - t).toFixed(0)}`);
      t = performance.now();
    };
    const site = await siteDatabases(createTestDatabase);
    lap("databases");
    const city = await seedCity({ urls: site.urls, people, seed: 1, asOf: "2025-11-20", progress: lap });
    lap("end");
    out.push(JSON.stringify(city.counts));
    await site.drop();
    lap("drop");
  }
  writeFileSync("/tmp/laps.txt", out.join("\n"));
}, 120000);

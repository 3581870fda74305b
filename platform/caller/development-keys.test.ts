import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { developmentKeySet, ensureDevelopmentKey } from "./development-keys";

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "hub-keys-"));
});
afterEach(() => rmSync(home, { recursive: true }));

test("many that make an agency's key at the same moment end with the same one, and leave no draft", async () => {
  const keys = join(home, "keys");
  const made = await Promise.all(
    Array.from({ length: 10 }, async () => {
      await ensureDevelopmentKey(keys, "metro-police");
      return JSON.stringify(developmentKeySet(keys, "metro-police"));
    }),
  );
  expect(new Set(made).size).toBe(1);
  await ensureDevelopmentKey(keys, "metro-police");
  expect(JSON.stringify(developmentKeySet(keys, "metro-police"))).toBe(made[0]);
  expect(readdirSync(keys)).toEqual(["metro-police.jwk"]);
});

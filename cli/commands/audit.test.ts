import { Command } from "commander";
import { openAccessRecord } from "../../platform/access-record/recorder";
import type { TestDatabase } from "../../test/setup/databases";
import { anAccess, asSuperuser, recordDatabase } from "../../test/setup/access-record";
import { registerAudit } from "./audit";

let databases: (TestDatabase & { client: Parameters<typeof asSuperuser>[0] })[];
const said: string[] = [];

beforeEach(async () => {
  databases = [await recordDatabase(), await recordDatabase(), await recordDatabase()];
  for (const { url } of databases) {
    const recorder = await openAccessRecord({ url, now: () => new Date("2026-01-15T12:00:00Z") });
    for (let row = 1; row <= 3; row += 1) await recorder.record(anAccess());
    await recorder.close();
  }
  jest.spyOn(console, "log").mockImplementation((line: string) => void said.push(line));
});
afterEach(async () => {
  jest.restoreAllMocks();
  said.length = 0;
  process.exitCode = undefined;
  await Promise.all(databases.map((one) => one.drop()));
});

async function verify(...args: string[]): Promise<void> {
  const [lawEnforcement, services, harbor] = databases.map(({ url }) => url) as [string, string, string];
  const program = new Command("hub").exitOverride();
  registerAudit(program, {
    databaseUrls: (_, work) => work({ lawEnforcement, services, advocacy: { "harbor-house": harbor } }),
  });
  await program.parseAsync(["audit", "verify", ...args], { from: "user" });
}

test("A6: sound records of all agencies: their heads, exit code 0", async () => {
  await verify();
  expect(said).toEqual(
    ["law-enforcement", "services", "harbor-house"].map(
      (owner) =>
        expect.stringMatching(new RegExp(`^${owner}: 3 rows, 0 faults; head 3:[0-9a-f]{64}$`)) as unknown,
    ),
  );
  expect(process.exitCode).toBeUndefined();
});

test("A6: a row that was altered is named with its agency and month, exit code 1", async () => {
  await asSuperuser(
    databases[2]!.client,
    "UPDATE audit.access_record SET subject = 'nobody' WHERE sequence = 2",
  );
  await verify("--agency", "harbor-house");
  expect(said).toEqual([
    "harbor-house, 2026-01, row 2: altered: it does not give its hash",
    expect.stringContaining("harbor-house: 3 rows, 1 faults"),
  ]);
  expect(process.exitCode).toBe(1);
});

test("A7: a head that was noted is looked for", async () => {
  await verify("--agency", "services", "--noted", `2:${"0".repeat(64)}`);
  expect(said[0]).toBe(
    "services, unknown, row 2: the row that was noted has another hash: the chain was made anew",
  );
  expect(process.exitCode).toBe(1);
});

test("an agency that has no database, and a head without its agency, are refused", async () => {
  await expect(verify("--agency", "nobody")).rejects.toThrow(
    "there are law-enforcement, services, harbor-house",
  );
  await expect(verify("--noted", `2:${"0".repeat(64)}`)).rejects.toThrow("--agency beside it");
});

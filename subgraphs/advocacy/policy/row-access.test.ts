import { DataSource } from "typeorm";
import type { Reader } from "../domain/release";
import { AgencyDatabases } from "../store/agency-databases";
import { createRowAccess } from "./row-access";

/** Behind the second wall: what rows say when a request reaches them that should not have. */
const NOW = () => new Date("2026-03-01T12:00:00Z");
// Never connected: whoever asks it anything fails.
const databases = new AgencyDatabases(new Map([["harbor-house", new DataSource({ type: "postgres" })]]));
const rows = (reader: Partial<Reader>) =>
  createRowAccess({ subject: "s", agency: "metro-police", advocate: false, ...reader }, databases, NOW);

test("AV3: who is no advocate has no records of his own, even by the name of an advocacy agency", () => {
  expect(rows({}).ownRecords()).toBeNull();
  expect(rows({ agency: "harbor-house" }).ownRecords()).toBeNull();
  expect(rows({ agency: "harbor-house", advocate: true }).ownRecords()).not.toBeNull();
});

test("AV1, AV5: who is no advocate has no one's safety plan or releases, and no database is asked", async () => {
  const asked = { id: "case-1", assignedAgency: "harbor-house" };
  for (const element of ["safety-plan", "releases"] as const) {
    await expect(rows({}).recordsOf(asked, element)).rejects.toThrow("live release");
    await expect(rows({ agency: "harbor-house" }).recordsOf(asked, element)).rejects.toThrow("live release");
  }
});

import type { DataSource } from "typeorm";
import { createTestDatabase, type TestDatabase } from "../../../test/setup/databases";
import { migrate, openLawEnforcementDatabase } from "./database";
import { eventsOf } from "./events.fixture";
import { endsSoon, tellExpiringOrders } from "./expiring-orders";
import { miniatureOf, type Miniature } from "./miniature.fixture";

const NOW = new Date("2031-05-10T12:00:00Z");

let place: TestDatabase;
let database: DataSource;
let write: Miniature;
beforeAll(async () => {
  place = await createTestDatabase({ key: "law-enforcement", migrate });
  database = await openLawEnforcementDatabase(place.url, { poolSize: 3 });
  write = miniatureOf(database);
});
afterAll(async () => {
  await database?.destroy();
  await place?.drop();
});

async function orderUntil(expiresOn: string, issuedOn = "2030-05-10") {
  const { id: personId } = await write.person();
  const { id: victimId } = await write.victim();
  const { id: caseId } = await write.caseFile({ personId, victimId });
  const { id } = await write.order({ personId, caseId, issuedOn, expiresOn });
  const told = async () =>
    (await eventsOf(database, personId)).filter(({ facts }) => facts["change"] === "expiring");
  return { id, told };
}

test.each([
  ["at noon in UTC a day has begun, and is not over, everywhere", NOW, 14, "2031-05-10", "2031-05-25"],
  [
    "an hour before: it is still yesterday somewhere",
    new Date(NOW.getTime() - 3_600_001),
    14,
    "2031-05-09",
    "2031-05-25",
  ],
])("L80: %s", (_title, now, days, from, until) => {
  expect(endsSoon(now, days)).toEqual({ from, until });
});

test.each([
  ["long after", "2031-06-10", 0],
  ["a day too late", "2031-05-26", 0],
  ["on the last of the days", "2031-05-25", 1],
  ["today", "2031-05-10", 1],
  ["yesterday: it is over", "2031-05-09", 0],
])("L80: an order that ends %s", async (_title, expiresOn, times) => {
  const order = await orderUntil(expiresOn);
  await tellExpiringOrders(database, 14, NOW);
  const told = await order.told();
  expect(told).toHaveLength(times);
  for (const event of told) {
    expect(event).toMatchObject({ topic: "order", historic: false, facts: { orderId: order.id } });
  }
});

test("L80: one that has not begun is not told of", async () => {
  const order = await orderUntil("2031-05-20", "2031-05-12");
  await tellExpiringOrders(database, 14, NOW);
  expect(await order.told()).toEqual([]);
});

test("L80: it is told once, whoever looks, and again when its end was moved", async () => {
  const order = await orderUntil("2031-05-20");
  await Promise.all([1, 2, 3].map(() => tellExpiringOrders(database, 14, NOW)));
  await tellExpiringOrders(database, 14, new Date(NOW.getTime() + 86_400_000));
  expect(await order.told()).toHaveLength(1);
  await database.query("UPDATE order_of_protection SET expires_on = '2031-11-20' WHERE id = $1", [order.id]);
  await tellExpiringOrders(database, 14, NOW);
  expect(await order.told()).toHaveLength(1);
  await tellExpiringOrders(database, 14, new Date("2031-11-10T12:00:00Z"));
  expect(await order.told()).toHaveLength(2);
});

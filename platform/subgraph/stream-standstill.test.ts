import { event, record } from "../outbox/outbox.fixture";
import type { Told } from "./hub-socket.fixture";
import { arrests, headers, raiseStage, stage } from "./stream-stage.fixture";

raiseStage();

/** What a stream says of itself, or the key of the event that it tells. */
function wordOf({ data, extensions }: Told): string {
  const arrest = data?.["arrests"] as { key: string } | undefined;
  return arrest?.key ?? (extensions.live ? "live" : extensions.standsStill ? "stands still" : "?");
}

test("S13: while the feed's database is gone each stream says so once, those too that begin meanwhile, and goes on without loss", async () => {
  const first = arrests();
  expect(wordOf(await first.next())).toBe("live");
  stage.databaseDoor.shut();
  expect(wordOf(await first.next())).toBe("stands still");
  const late = arrests(undefined, headers("Bearer late"));
  expect(wordOf(await late.next())).toBe("stands still");
  const missed = event();
  await record(stage.database, missed);
  await stage.databaseDoor.reopen();
  for (const stream of [first, late]) {
    // The event that is there by then, and where the stream goes on, come in either order.
    const words = [wordOf(await stream.next()), wordOf(await stream.next())];
    expect(new Set(words)).toEqual(new Set(["live", missed.key]));
  }
  const last = event();
  await record(stage.database, last);
  for (const stream of [first, late]) expect(wordOf(await stream.next())).toBe(last.key);
});

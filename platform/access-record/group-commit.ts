/** Most that is written in one go: bounds what one statement holds. */
const LARGEST_GROUP = 256;

/**
 * Writes items in groups: what arrives while one group is being written goes together into the next. `write` is never
 * called twice at a time; a promise resolves when its item's group is written.
 *
 * Rejects with `write`'s error, for all of a group, and with `full()` at once when `most` already wait.
 */
export function createGroupCommit<Item>(
  write: (items: readonly Item[]) => Promise<void>,
  { most, full }: { readonly most: number; readonly full: () => Error },
): (item: Item) => Promise<void> {
  interface Waiting {
    readonly item: Item;
    readonly done: () => void;
    readonly failed: (error: unknown) => void;
  }
  let waiting: Waiting[] = [];
  let writing = false;

  async function writeAll(): Promise<void> {
    writing = true;
    while (waiting.length > 0) {
      const group = waiting.slice(0, LARGEST_GROUP);
      waiting = waiting.slice(LARGEST_GROUP);
      try {
        await write(group.map(({ item }) => item));
        for (const { done } of group) done();
      } catch (error) {
        for (const { failed } of group) failed(error);
      }
    }
    writing = false;
  }

  return (item) =>
    new Promise<void>((done, failed) => {
      if (waiting.length >= most) return failed(full());
      waiting.push({ item, done, failed });
      if (!writing) void writeAll();
    });
}

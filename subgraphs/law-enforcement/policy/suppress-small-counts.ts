/** A count of one cell; `null` when it is not told. */
export interface Cell<Key> {
  readonly key: Key;
  readonly count: number | null;
}

/**
 * Hides every count below `smallest`, zero included, since small numbers identify. Where that hides exactly one cell, a
 * total known from elsewhere would give it back: then the next smallest is hidden too. The order of cells is kept.
 */
export function suppressSmallCounts<Key>(
  cells: readonly { readonly key: Key; readonly count: number }[],
  smallest: number,
): Cell<Key>[] {
  const hidden = new Set(cells.filter((cell) => cell.count < smallest));
  if (hidden.size === 1) {
    const shown = cells.filter((cell) => !hidden.has(cell)).sort((one, other) => one.count - other.count);
    if (shown[0]) hidden.add(shown[0]);
  }
  return cells.map((cell) => ({ key: cell.key, count: hidden.has(cell) ? null : cell.count }));
}

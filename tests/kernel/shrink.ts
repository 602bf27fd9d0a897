/**
 * Delta debugging: from a list that shows a difference to a small one that still
 * does.
 *
 * @module
 */

/**
 * Leaves out as much of a list as it can while `shows` says that the rest still
 * shows the difference. `repair` takes out what cannot stand without what has
 * been left out.
 */
export function shrink<T>(
  whole: readonly T[],
  shows: (part: readonly T[]) => boolean,
  repair: (part: readonly T[]) => readonly T[] = (part) => part,
): readonly T[] {
  let list = whole;
  let size = Math.ceil(list.length / 2);
  while (size >= 1) {
    const before = list.length;
    for (let end = list.length; end > 0; end -= size) {
      end = Math.min(end, list.length);
      const start = Math.max(0, end - size);
      const part = repair([...list.slice(0, start), ...list.slice(end)]);
      if (part.length < list.length && shows(part)) list = part;
    }
    // Again with single elements until none can go.
    if (size > 1) size = Math.floor(size / 2);
    else if (list.length === before) size = 0;
  }
  return list;
}

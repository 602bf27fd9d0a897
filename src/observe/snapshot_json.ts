/**
 * All that a snapshot shows as one JSON document: the counters by their names
 * in sysfs as samples have them, and beside them what samples leave out.
 *
 * @module
 */
import { sampleObject } from "./sample_json.ts";
import { PAGE_STATES, type RegionMap, type Snapshot } from "./snapshot.ts";

/** Pages of a region as runs of equal states, in their order: `["merged", 12]`. */
function runsOf({ pages }: RegionMap): [state: string, pages: number][] {
  const runs: [string, number][] = [];
  for (const code of pages) {
    const state = PAGE_STATES[code];
    const last = runs.at(-1);
    if (last?.[0] === state) last[1]++;
    else runs.push([state, 1]);
  }
  return runs;
}

/** Arrays of one type of number are written as any other. */
function plain(_: string, value: unknown): unknown {
  const isTyped = ArrayBuffer.isView(value) && !(value instanceof DataView);
  return isTyped ? Array.from(value as Uint8Array) : value;
}

/** A snapshot, and what else is known of it by names of its own, as text. */
export function snapshotJson(
  snapshot: Snapshot,
  more: Readonly<Record<string, unknown>>,
): string {
  const { title, model, pageBytes, locks, processes, ...views } = snapshot;
  const { timeMillis: _, counters: __, ...others } = views;
  const whole = {
    title,
    model,
    pageBytes,
    ...sampleObject(snapshot),
    ...others,
    ...(locks && { waiting: locks.waiting }),
    processes: processes.map(({ regions, ...process }) => ({
      ...process,
      regions: regions.map((region) => ({
        name: region.name,
        runs: runsOf(region),
      })),
    })),
    ...more,
  };
  return `${JSON.stringify(whole, plain, 1)}\n`;
}

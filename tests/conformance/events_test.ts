/** The engine's tracepoints beside those that the kernel gave for the same traces. */
import assert from "node:assert/strict";
import { parseTrace } from "../../src/workload/mod.ts";
import { engineEvents, eventDifference } from "../kernel/tracepoints.ts";

const FOLDER = new URL(".", import.meta.url);

for (const entry of Deno.readDirSync(new URL("events", FOLDER))) {
  const name = entry.name.replace(/\.txt$/, "");
  Deno.test(`the engine has the kernel's tracepoints of ${name}`, () => {
    const read = (path: string) => Deno.readTextFileSync(new URL(path, FOLDER));
    const trace = parseTrace(read(`traces/${name}.json`), name);
    const expected = read(`events/${name}.txt`).trimEnd().split("\n");
    assert.equal(eventDifference(expected, engineEvents(trace)), undefined);
  });
}

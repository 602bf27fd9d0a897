/**
 * Records the tracepoints of public traces: `deno run -A record_events.ts NAME...`
 *
 * @module
 */
import { parseTrace } from "../../src/workload/mod.ts";
import { unfitReason } from "./kernel_recorder.ts";
import { kernelEvents } from "./tracepoints.ts";

const FOLDER = new URL("../conformance/", import.meta.url);

const reason = unfitReason();
if (reason !== undefined) throw new Error(reason);
const traces = Deno.args.map((name) =>
  parseTrace(
    Deno.readTextFileSync(new URL(`traces/${name}.json`, FOLDER)),
    name,
  )
);
kernelEvents(traces)?.forEach((events, index) => {
  const { name } = traces[index];
  if (events === undefined) throw new Error(`Cannot record ${name}`);
  const path = new URL(`events/${name}.txt`, FOLDER);
  Deno.writeTextFileSync(path, events.map((event) => `${event}\n`).join(""));
});

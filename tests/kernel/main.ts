/**
 * `deno task test:kernel`: the engine against the real kernel of this machine.
 *
 * @module
 */
import { tmpdir } from "node:os";
import { parseArgs } from "node:util";
import { fuzz, profileNamed } from "./fuzz.ts";
import { knobsKept, unfitReason } from "./kernel_recorder.ts";
import { compareTracepoints } from "./tracepoints.ts";

/** Traces whose events are compared too. */
const TRACED = 30;

const { values } = parseArgs({
  args: Deno.args.filter((arg) => arg !== "--"),
  options: {
    seed: { type: "string" },
    count: { type: "string", default: "300" },
    profile: { type: "string" },
    out: { type: "string" },
  },
});

/** Whether the recorder puts back all knobs, the traces are answered equally, and the events are the same. */
function check(): boolean {
  const kept = knobsKept();
  console.log(kept.text);
  const seed = whole(values.seed ?? String(Math.floor(Math.random() * 1e9)));
  const count = whole(values.count);
  console.log(`seed ${seed}`);
  const folder = values.out ?? `${tmpdir()}/ksmscope-different-${seed}`;
  const profile = values.profile === undefined
    ? {}
    : { profile: profileNamed(values.profile) };
  const equal = fuzz({ seed, count, folder, ...profile });
  const traced = compareTracepoints(seed, Math.min(count, TRACED));
  return kept.held && equal && traced;
}

function whole(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new RangeError(`Cannot read "${text}" as a whole number`);
}

const reason = unfitReason();
if (reason === undefined) Deno.exitCode = check() ? 0 : 1;
else console.log(`skipped: ${reason}`);

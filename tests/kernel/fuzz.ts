/**
 * Random traces on the real kernel and on the engine.
 *
 * @module
 */
import { printTrace, type Trace } from "../../src/workload/mod.ts";
import {
  compare,
  CONFIRMING_RUNS,
  smallest,
  type Verdict,
} from "./comparison.ts";
import { record } from "./kernel_recorder.ts";
import { randomTrace } from "./random_trace.ts";
import { CLOCK, type Profile, PROFILES } from "./random_profiles.ts";

/** Traces that one call of the recorder takes. */
const BATCH = 20;

/** What to try. */
export interface FuzzOptions {
  /** The first trace's seed; the others count up from it. */
  readonly seed: number;
  /** How many traces. */
  readonly count: number;
  /** Only traces of this kind. */
  readonly profile?: Profile;
  /** Where to put what shows a difference. */
  readonly folder: string;
}

/** Says how each trace ended; true when none showed a difference. */
export function fuzz(options: FuzzOptions): boolean {
  const { seed, count, profile, folder } = options;
  const ended: Record<Verdict["outcome"], number> = {
    equal: 0,
    flaky: 0,
    refused: 0,
    different: 0,
  };
  for (let done = 0; done < count; done += BATCH) {
    const length = Math.min(BATCH, count - done);
    const traces = Array.from(
      { length },
      (_, index) => randomTrace(seed + done + index, profile),
    );
    for (const [index, verdict] of compare(traces).entries()) {
      ended[verdict.outcome]++;
      report(traces[index], verdict, folder);
    }
  }
  console.log(
    `${count} traces: ${ended.equal} equal, ${ended.different} different, ` +
      `${ended.flaky} flaky, ${ended.refused} refused by the recorder`,
  );
  return ended.different === 0;
}

function report(trace: Trace, verdict: Verdict, folder: string): void {
  if (verdict.outcome === "equal") return;
  const reason = "reason" in verdict ? `: ${verdict.reason}` : "";
  console.log(`${trace.name} is ${verdict.outcome}${reason}`);
  if (verdict.outcome !== "different") return;
  const least = smallest(verdict.trace);
  const [again] = record([least], { runs: CONFIRMING_RUNS });
  write(`${folder}/traces`, trace.name, printTrace(least));
  if (again.outcome === "recorded") {
    write(`${folder}/recordings`, trace.name, again.text);
  }
  console.log(`${least.ops.length} operations that show it are in ${folder}`);
}

function write(folder: string, name: string, text: string): void {
  Deno.mkdirSync(folder, { recursive: true });
  Deno.writeTextFileSync(`${folder}/${name}.json`, text);
}

/** The kind of that name. */
export function profileNamed(name: string): Profile {
  const profiles = [...PROFILES, CLOCK];
  const profile = profiles.find((each) => each.name === name);
  if (profile !== undefined) return profile;
  const names = profiles.map((each) => each.name).join(", ");
  throw new RangeError(
    `Cannot make traces of kind "${name}": ` +
      `the kinds are ${names}`,
  );
}

/**
 * Runs many random machines: `deno task soak -- --seed N --count N`.
 *
 * The seed is printed first, and each machine has the number after the one before.
 * A machine that fails prints its own: with that, and a count of 1, it runs alone.
 */
import { parseArgs } from "node:util";
import { drawOptions } from "./options.ts";
import { runSwarmMachine, type SwarmResult } from "./machine.ts";

const { values } = parseArgs({
  args: Deno.args.filter((arg) => arg !== "--"),
  options: { seed: { type: "string" }, count: { type: "string" } },
});
const first = Number(values.seed ?? Math.floor(Math.random() * 1e9));
const count = Number(values.count ?? 2000);
console.log(`seed ${first}, ${count} machines`);

const ends: Record<SwarmResult["end"], number> = {
  "converged": 0,
  "kernel defect": 0,
  "offline is stuck": 0,
};
let steps = 0;
let contentions = 0;
let failures = 0;
for (let seed = first; seed < first + count; seed++) {
  try {
    const result = runSwarmMachine(seed);
    ends[result.end]++;
    steps += result.steps;
    contentions += result.contentions;
  } catch (error) {
    failures++;
    console.error(`machine ${seed} fails:`, error);
    console.error(drawOptions(seed));
    console.error(`alone: deno task soak --seed ${seed} --count 1`);
  }
}
console.log(`${steps} steps, ${contentions} waits for locks`, ends);
console.log(failures === 0 ? "all hold" : `${failures} failures`);
if (failures > 0) Deno.exit(1);

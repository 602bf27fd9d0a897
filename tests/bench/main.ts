/**
 * All benches, one after the other, each with the permissions that it needs. Fails
 * if one of them does: where a bound that is promised does not hold.
 */
import { pathOf } from "../tidy/sources.ts";

/** Benches and their permissions. */
const BENCHES: readonly (readonly [name: string, ...flags: string[]])[] = [
  ["scan", "--allow-read"],
  ["timed"],
  ["explore"],
  ["tui", "--allow-env", "--allow-read", "--allow-sys"],
  ["first_frame", "-A"],
  ["rewind"],
];

const failed: string[] = [];
for (const [name, ...flags] of BENCHES) {
  const file = pathOf(`tests/bench/${name}_bench.ts`);
  const args = ["run", "--no-prompt", ...flags, file];
  console.log(`\n${name}`);
  const { success } = await new Deno.Command(Deno.execPath(), { args }).spawn()
    .status;
  if (!success) failed.push(name);
}
if (failed.length > 0) {
  console.log(`\nFailed: ${failed.join(", ")}`);
  Deno.exitCode = 1;
}

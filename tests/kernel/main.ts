/**
 * `deno task test:kernel`: the engine against the real kernel of this machine.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { fuzz, profileNamed } from "./fuzz.ts";
import { unfitReason } from "./kernel_recorder.ts";

const { values } = parseArgs({
  args: Deno.args.filter((arg) => arg !== "--"),
  options: {
    seed: { type: "string" },
    count: { type: "string", default: "300" },
    profile: { type: "string" },
    out: { type: "string" },
  },
});

const reason = unfitReason();
if (reason === undefined) {
  const seed = Number(values.seed ?? Math.floor(Math.random() * 1e9));
  console.log(`seed ${seed}`);
  const folder = values.out ??
    Deno.makeTempDirSync({ prefix: "ksmscope-different-" });
  const equal = fuzz({
    seed,
    count: Number(values.count),
    folder,
    ...(values.profile === undefined
      ? {}
      : { profile: profileNamed(values.profile) }),
  });
  Deno.exitCode = equal ? 0 : 1;
} else {
  console.log(`skipped: ${reason}`);
}

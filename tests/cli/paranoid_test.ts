/** `run --paranoid`. */
import assert from "node:assert/strict";
import { INVARIANTS } from "../../src/machine/mod.ts";
import { inFolder } from "../tidy/deno_command.ts";
import { spawn, succeed } from "./ksmscope.ts";
import { withScript } from "./samples.ts";

/** A script that miscounts, behind the machine's back, when its third operation begins. */
function faulty(body: string): string {
  return `import { Machine, workload } from "ksmscope";
    const { counters } = Machine.prototype;
    let calls = 0;
    Machine.prototype.counters = function () {
      if (++calls === 3) this.ksm.stableNodeChains++;
      return counters.call(this);
    };
    export default workload("faulty", function* (box) {
      const ram = box.process("a").mmap("ram", 8, { mergeable: true });
      ram.fill({ kind: "const", byte: 1 });
      ${body}
    });`;
}

Deno.test("--paranoid finds a fault, and names what does not hold", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/faulty.ts`;
    for (const live of ["", "box.live();"]) {
      Deno.writeTextFileSync(path, faulty(`${live} yield* box.scanPasses(1);`));
      const [unaware, found] = await Promise.all([
        spawn(["--allow-read"], "run", path),
        spawn(["--allow-read"], "run", path, "--paranoid"),
      ]);
      assert.deepEqual([unaware.code, unaware.err], [0, ""]);
      assert.equal(found.code, 70, found.err);
      assert.ok(
        found.err.startsWith(`Bug: ${INVARIANTS.chains}: `),
        found.err,
      );
      assert.match(found.err, /This is a bug of ksmscope/);
    }
  });
});

Deno.test("--paranoid changes nothing of what is printed", async () => {
  const body = `
    const other = box.process("b");
    const own = other.mmap("ram", 8, { mergeable: true });
    own.fill({ kind: "const", byte: 1 });
    other.every(0.2, "writer", (turn) => {
      own.write(turn.randomInt(8), 0, "0" + turn.randomInt(2));
    });
    other.every(0.3, "adviser", (turn) => {
      own.madvise(turn.number % 2 === 0 ? "unmergeable" : "mergeable");
    });
    yield* box.scanPasses(4);`;
  await withScript(body, async (path) => {
    const args = ["run", path, "--lockstat"];
    assert.equal(await succeed(...args, "--paranoid"), await succeed(...args));
  });
});

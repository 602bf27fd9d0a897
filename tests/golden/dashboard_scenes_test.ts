/** What only some workloads have, and the dashboard shows where it is there. */
import assert from "node:assert/strict";
import { Driver, Machine } from "../../src/machine/mod.ts";
import { MachineSource } from "../../src/observe/mod.ts";
import { BUILTINS, openWorkload, workload } from "../../src/workload/mod.ts";
import { dashboardOn, still } from "./dashboard_screen.ts";

/** The screen after a script. */
function screenOf(
  pattern: { kind: "const"; byte: number } | { kind: "zero" },
  knob: string,
  value: string,
  size = { columns: 120, rows: 40 },
): string {
  const script = workload("scene", function* (box) {
    box.process("vm").mmap("ram", 8, { mergeable: true }).fill(pattern);
    box.knob(knob, value);
    yield* box.scanPasses(2);
  });
  const driver = new Driver(new Machine(), openWorkload(script));
  const source = new MachineSource("scene", driver);
  while (source.advance("pass") !== "end");
  const screen = dashboardOn(still(source.snapshot()), size);
  return screen.frame();
}

Deno.test("chains and their dups stand beside the stable tree", () => {
  // Eight equal pages in groups of two.
  const screen = screenOf(
    { kind: "const", byte: 65 },
    "max_page_sharing",
    "2",
  );
  assert.match(screen, /stable +1 nodes +height +1 +chains 1 dups 4 /);
});

Deno.test("where there is no room, chains are told in short, and no wall moves", () => {
  const pattern = { kind: "const", byte: 65 } as const;
  for (const columns of [80, 85, 90, 100, 120]) {
    const size = { columns, rows: 24 };
    const lines = screenOf(pattern, "max_page_sharing", "2", size).split("\n");
    const top = lines.findIndex((line) => line.includes("TREES"));
    const wall = lines[top].indexOf("┬");
    assert.ok(wall > 0, lines.join("\n"));
    for (const line of lines.slice(top + 1, top + 5)) {
      assert.equal(line[wall], "│", lines.join("\n"));
    }
  }
  const size = { columns: 100, rows: 24 };
  const short = screenOf(pattern, "max_page_sharing", "2", size);
  assert.match(short, /nodes {2}height {2}1 {2}dups 4 +│/);
});

Deno.test("pages of zeros have a line and a glyph once KSM has put some", () => {
  const screen = screenOf({ kind: "zero" }, "use_zero_pages", "1");
  assert.match(screen, /0 zero +█+ *32\.0 kiB +8 /);
  assert.match(screen, /PAGE MAP +● merged +0 zero +○ unshared/);
  assert.match(screen, /vm 0{8}/);

  const size = { columns: 80, rows: 24 };
  const small = screenOf({ kind: "zero" }, "use_zero_pages", "1", size);
  assert.match(small, /PAGE MAP +● merged +0 zero +○ unshared/);

  const none = screenOf({ kind: "zero" }, "use_zero_pages", "0");
  assert.doesNotMatch(none, /zero/);
  assert.doesNotMatch(none, /chains/);
});

Deno.test("where the kernel itself goes wrong, the picture stays and says so", () => {
  const script = BUILTINS.find(({ name }) => name === "stale-tree");
  assert.ok(script !== undefined);
  const machine = new Machine({ nodes: 2, timed: {} });
  const source = new MachineSource(
    "stale-tree",
    new Driver(machine, openWorkload(script)),
  );
  const options = { columns: 120, rows: 40, speed: Infinity };
  const screen = dashboardOn(source, { ...options, caption: script.title });
  for (let frame = 0; source.defect === undefined && frame < 1000; frame++) {
    screen.advance(50);
  }
  screen.advance(50);
  assert.equal(source.defect?.defect, "stale-tree");
  const [header, caption] = screen.frame().split("\n");
  assert.match(header, / ✗ kernel defect /);
  assert.match(caption, /^│ Kernel defect "stale-tree": unstable_tree_search_/);
  const { timeMillis } = source;
  assert.equal(source.advance("batch"), "end");
  assert.equal(source.timeMillis, timeMillis);
  screen.press("4");
  assert.match(screen.frame(), / ✗ kernel defect [^]* lock class /);
  screen.press("q");
});

Deno.test("when the last process has gone, the page map does not wait for a first one", () => {
  const script = workload("gone", function* (box) {
    const vm = box.process("vm");
    vm.mmap("ram", 8, { mergeable: true }).fill({ kind: "const", byte: 65 });
    yield* box.scanPasses(2);
    vm.exit();
    yield* box.scanPasses(1);
  });
  const driver = new Driver(new Machine(), openWorkload(script));
  const source = new MachineSource("gone", driver);
  while (source.advance("pass") !== "end");
  const size = { columns: 80, rows: 24 };
  const lines = dashboardOn(still(source.snapshot()), size).frame().split("\n");
  const map = lines.findIndex((line) => line.includes("PAGE MAP"));
  assert.match(lines[map + 1], /^│ nothing is mapped +│$/);
});

/** The mark of a lock that the kernel's lock_stat does not know, and what LOCKS says of it. */
import assert from "node:assert/strict";
import { BUSY, LOCKS } from "../unit/dashboard_busy.ts";
import { dashboardOn, still } from "./dashboard_screen.ts";

/** Nobody waits, and the one marked lock is the last of all. */
const RARE = {
  ...BUSY,
  locks: {
    classes: LOCKS.classes.filter(({ name }) => name !== "folio_lock"),
    waiting: [],
  },
};

/** The keys that move the focus to LOCKS. */
const TO_LOCKS = ["tab", "tab", "tab", "tab"];

/** The heading of LOCKS, and the lines below it as far as the next heading. */
function locksOf(
  snapshot: typeof BUSY,
  size: { readonly columns: number; readonly rows: number },
  keys: readonly string[] = [],
): readonly [heading: string, rows: string] {
  const screen = dashboardOn(still(snapshot), size);
  screen.press(...keys);
  const lines = screen.frame().split("\n");
  const at = lines.findIndex((line) => /^├ (?:❯ )?LOCKS/.test(line));
  assert.ok(at >= 0, lines.join("\n"));
  const below = lines.slice(at + 1);
  const end = below.findIndex((line) => !line.startsWith("│"));
  return [lines[at], below.slice(0, end).join("\n")];
}

Deno.test("at every width the mark is explained where a row has it, and only there", () => {
  const seen = new Set<boolean>();
  for (let columns = 40; columns <= 130; columns++) {
    for (const snapshot of [BUSY, RARE]) {
      for (const rows of [26, 40]) {
        for (const keys of [[], TO_LOCKS]) {
          const size = { columns, rows };
          const [heading, below] = locksOf(snapshot, size, keys);
          const isMarked = / \* /.test(below);
          const isExplained = / \* ?(?:not in|no) lock_stat /.test(heading);
          assert.equal(isExplained, isMarked, `${heading}\n${below}`);
          seen.add(isMarked);
        }
      }
    }
  }
  assert.equal(seen.size, 2);
});

Deno.test("rather than what the mark means or how many locks there are, LOCKS leaves hold-avg out", () => {
  const heading = (columns: number) => locksOf(BUSY, { columns, rows: 24 })[0];
  for (const columns of [90, 95, 99]) {
    const narrow = heading(columns);
    assert.match(narrow, /^├ LOCKS {2}3 of 7 {2}\* no(?:t in)? lock_stat /);
    assert.doesNotMatch(narrow, /hold-avg/);
    assert.match(
      narrow,
      / contended {2}wait-total {2}wait-max {2}waiting now /,
    );
  }
  for (const columns of [100, 111, 112, 130]) {
    assert.match(
      heading(columns),
      /^├ LOCKS {2}3 of 7 {2}\* no(?:t in)? lock_stat .* hold-avg /,
    );
  }
});

Deno.test("zoomed, too, the mark is explained where a row has it, rather than the sum", () => {
  const size = { columns: 40, rows: 12 };
  const [first, rows] = locksOf(RARE, size, ["4"]);
  assert.doesNotMatch(rows, / \* /);
  assert.match(first, /^├ LOCKS ─+ 254 waits, 24\.7 ms ┤$/);
  const [last, moved] = locksOf(RARE, size, ["4", "end"]);
  assert.match(moved, / \* /);
  assert.match(last, /^├ LOCKS {2}\* not in lock_stat ─+┤$/);
});

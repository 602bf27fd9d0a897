/** Facts about the zoomed panels that follow from the snapshot and the answers. */
import assert from "node:assert/strict";
import { describeReason } from "../../src/observe/reason_text.ts";
import {
  answering,
  DETAILED,
  SHARING,
  TREES,
  WHY,
} from "../unit/dashboard_details.ts";
import { dashboardOn } from "./dashboard_screen.ts";
import { LAST, shown, SIZES } from "./dashboard_zoomed.ts";

/** The cells of a line between the walls, told apart by two spaces. */
function cellsOf(line: string): string[] {
  return line.replace(/^│(?: ❯ )?/, "").replace(/│$/, "").trim()
    .split(/ {2,}/);
}

/** Figures with groups as a number. */
function figure(text: string | undefined): number {
  return Number(text?.replaceAll(/[ ,]/g, ""));
}

Deno.test("MEMORY says the last value of each figure, and its most", async () => {
  for (const [columns, rows] of SIZES) {
    const lines = await shown("zoomed_memory", { columns, rows });
    const text = lines.join("\n");
    const facts = [
      ["sharing", LAST.counters.pagesSharing, 3072],
      ["shared", LAST.counters.pagesShared, 1024],
      ["unshared", LAST.counters.pagesUnshared, 768],
    ] as const;
    for (const [name, now, most] of facts) {
      const found = new RegExp(
        `${name}: .*? now ([\\d ]+?) {2}most ([\\d ]+?)(?: {2}|$| │)`,
        "m",
      ).exec(text);
      assert.deepEqual(
        [figure(found?.[1]), figure(found?.[2])],
        [now, most],
        name,
      );
    }
    // 4096 times 1 000, and 4096 times -450 at the first of them.
    assert.match(
      text,
      /profit.* now \+3\.9 MiB {2}most \+11\.7 MiB {2}least -1\.8 MiB/,
    );
    assert.match(
      text,
      /├ HISTORY .*t=12\.480s to 13\.680s, now at the right ┤/,
    );
    assert.match(text, /full scans 2 {3}scanned 4 321 {3}skipped 17/);
  }
});

Deno.test("TREES says what the answer says of the stable tree, level by level", async () => {
  const lines = await shown("zoomed_tree", { columns: 120, rows: 40 });
  const [tree] = TREES.stable;
  const text = lines.join("\n");
  assert.match(text, /│ ❯ stable +8 +4 +4 /);
  assert.match(text, /├ LEVELS {2}4 high, at least 4 /);
  const levels = lines.flatMap((line) => {
    const found =
      /^│ +(\d+) (least)? +([\d ]*\d)(?: [█▏▎▍▌▋▊▉]+)? {2,}([\d ]+?) {2,}([\d ]+?) {2,}([\d ]+\.\d) /
        .exec(line);
    return found === null ? [] : [found];
  });
  assert.equal(levels.length, tree.height);
  for (
    const [index, [, number, least, nodes, count, bytes, visit]] of levels
      .entries()
  ) {
    const compares = TREES.stableCompares.levels[index];
    assert.equal(figure(number), index + 1);
    assert.equal(figure(nodes), tree.depths[index]);
    assert.equal(figure(count), compares.count);
    assert.equal(figure(bytes), compares.bytes);
    assert.equal(figure(visit), compares.bytes / TREES.visits);
    // 8 nodes need 4 levels.
    assert.equal(least, index === 3 ? "least" : undefined);
  }
  assert.match(
    text,
    /1 562\.0 bytes compared a visit, 11 500 compares in 4 000 visits/,
  );
});

Deno.test("the drawn top tells red from black by a letter, and stands in the order of bytes", async () => {
  for (const [columns, rows] of SIZES) {
    const lines = await shown("zoomed_tree", { columns, rows });
    const nodes = lines.flatMap((line) =>
      line.match(/[BR] (?=[0-9a-f]*\d)[0-9a-f]{4,16}|[BR] c0ffee\w*/g) ?? []
    );
    assert.deepEqual(nodes.map((node) => node.slice(0, 6)), [
      "B 80aa",
      "B 40bb",
      "R c0ff",
      "B 10cc",
      "B 60dd",
      "B 9011",
      "B e022",
      "R f033",
    ]);
    const [, , , four] = [0, 1, 2, 3].map((level) =>
      lines.find((line) =>
        line.includes(["80aa", "40bb", "10cc", "f033"][level])
      )
    );
    assert.match(four ?? "", /R f033/);
  }
});

Deno.test("a chain is unfolded to its dups, with the full ones marked", async () => {
  const [chain] = TREES.chains;
  const lines = await shown("zoomed_chain", { columns: 80, rows: 24 });
  const text = lines.join("\n");
  assert.match(
    text,
    /├ chain 40 {2}3 dups, 500 sharers .* limit 256 each, bytes c0ffee0000000000 ┤/,
  );
  for (const { node, frame, sharers, mappings } of chain.dups) {
    const full = sharers === TREES.maxPageSharing ? " full" : "  ";
    const row = new RegExp(
      `│ ${node} +${frame} +${sharers} .* ${mappings}${full}`,
    );
    assert.match(text, row);
  }
});

Deno.test("PROCESSES says all of ksm_stat, the verdict, and in 120 columns", async () => {
  const lines = await shown("zoomed_processes", {
    columns: 120,
    rows: 40,
  });
  const rows = lines.slice(2, 6).map(cellsOf);
  assert.deepEqual(rows, [
    [
      "process",
      "pid",
      "resident",
      "rmap items",
      "zero",
      "merging",
      "profit",
      "merge any",
      "mergeable",
      "verdict",
    ],
    [
      "vm-a",
      "1000",
      "10.0 MiB",
      "2 560",
      "12",
      "2 048",
      "+7.8 MiB",
      "no",
      "yes",
      "pays",
    ],
    [
      "vm-b",
      "1001",
      "10.0 MiB",
      "2 560",
      "0",
      "2 048",
      "-160.0 kiB",
      "yes",
      "yes",
      "costs",
    ],
    [
      "idle",
      "1002",
      "8.0 kiB",
      "0",
      "0",
      "0",
      "0 B",
      "no",
      "no",
      "not offered",
    ],
  ]);
});

Deno.test("the chosen process has its verdict in words, and stands among those it shares with", async () => {
  const size = { columns: 120, rows: 40 };
  const lines = await shown("zoomed_processes", size);
  const cells = lines.map(cellsOf);
  const text = lines.join("\n");
  assert.match(
    text,
    /├ vm-b {2}costs: -160\.0 kiB, rmap items \/ merging 80\.5, even at 64\.0 ─/,
  );
  assert.match(
    text,
    /│ mapped now: 2 040 merged pages on 650 KSM pages, 1 390 saved within itself, its part of them 490\.3 pages, 1\.9 MiB /,
  );
  assert.match(
    text,
    /│ all: 750 KSM pages, 150 of them mapped by one process only /,
  );
  const at = cells.findIndex(([title]) => title === "both map");
  assert.deepEqual(
    cells[at].slice(1),
    SHARING.processes.map(({ name }) => name === "vm-b" ? "❯vm-b" : name),
  );
  assert.match(text, /│ ❯ vm-b +600 /);
  for (const [index, { name, ksmPages }] of SHARING.processes.entries()) {
    const [label, ...pages] = cells[at + 1 + index];
    assert.equal(label, name);
    const both = SHARING.shared[index]
      .map((one, other) => other === index ? ksmPages : one);
    assert.deepEqual(pages.map(figure), both);
  }
  assert.match(
    text,
    /KSM pages that both map; on the diagonal all that one maps/,
  );
  assert.match(
    text,
    /merging: ksm_stat's ksm_merging_pages, as ksmd counts them; merged pages: those/,
  );
});

Deno.test("PROCESSES names the chosen process before its verdict, which takes the room that is left", async () => {
  const heading = async (columns: number) => {
    const lines = await shown("zoomed_processes", { columns, rows: 15 });
    return lines.find((line) => line.startsWith("├ vm-b")) ?? lines.join("\n");
  };
  assert.match(
    await heading(70),
    /^├ vm-b {2}costs: -160\.0 kiB, rmap .* 64\.0 /,
  );
  assert.match(await heading(60), /^├ vm-b {2}costs: -160\.0 kiB ─/);
  assert.match(await heading(40), /^├ vm-b {2}costs: -160\.0 kiB ─/);
});

Deno.test("on few rows what all processes leave over tells of the chosen one", async () => {
  const lines = await shown("zoomed_processes", { columns: 40, rows: 10 });
  assert.deepEqual(lines.slice(2, 9), [
    "│   process       merging       profit │",
    "│   vm-a            2 048     +7.8 MiB │",
    "│ ❯ vm-b            2 048   -160.0 kiB │",
    "│   idle                0          0 B │",
    "├ vm-b  costs: -160.0 kiB ─────────────┤",
    "│ mapped now: 2 040 on 650 KSM pages   │",
    "│ all: 750 KSM pages                   │",
  ]);
  const more = await shown("zoomed_processes", { columns: 40, rows: 11 });
  assert.equal(more[9], `│${" ".repeat(38)}│`);
  const table = await shown("zoomed_processes", { columns: 40, rows: 12 });
  assert.match(table[9], /shares with +KSM pages/);
  assert.match(table[10], /vm-a +600/);
});

Deno.test("where there is no room for all pairs, those that share with the chosen one stand there", () => {
  const names = Array.from({ length: 30 }, (_, index) => `vm-${index}`);
  const processes = names.map((name) => ({ ...SHARING.processes[0], name }));
  const shared = names.map((_, row) =>
    names.map((_, column) =>
      row === column ? 7 : (row + column) % 10 === 3 ? row + column : 0
    )
  );
  const snapshot = {
    ...DETAILED,
    processes: names.map((name) => ({ ...DETAILED.processes[0], name })),
  };
  const sharing = { ...SHARING, processes, shared };
  const screen = dashboardOn(answering(snapshot, { sharing }), {
    columns: 80,
    rows: 24,
  });
  screen.press("6", "down");
  const lines = screen.frame().split("\n");
  const at = lines.findIndex((line) => line.includes("shares with"));
  // vm-1 shares with vm-2, vm-12 and vm-22, the sums being 3, 13 and 23.
  assert.deepEqual(
    lines.slice(at + 1, at + 4).map((line) =>
      line.slice(1, -1).trim().split(/ {2,}/)
    ),
    [["vm-22", "23"], ["vm-12", "13"], ["vm-2", "3"]],
  );
});

Deno.test("PAGE MAP says why the page under the cursor is not merged", async () => {
  for (const [columns, rows] of SIZES) {
    const lines = await shown("zoomed_map", { columns, rows });
    const wall = lines[1].indexOf("WHY IS") - 2;
    const words = (wall > 0 ? lines.map((line) => line.slice(wall)) : lines)
      .map((line) => line.replaceAll("│", "").trim()).join(" ")
      .replaceAll(/ +/g, " ");
    const { sentence, nextStep } = describeReason(WHY.first, WHY.forecast);
    for (
      const text of [
        "◎ vm-a ram+4 ○ unshared",
        sentence,
        `next step ${nextStep}`,
        "next visit 13 batches, 260 ms, 1 234 other pages first",
      ]
    ) {
      assert.ok(words.includes(text), `${text} in\n${lines.join("\n")}`);
    }
  }
});

Deno.test("MEMORY shows all states on the smallest screen", () => {
  const screen = dashboardOn(answering(), { columns: 40, rows: 10 });
  screen.press("1");
  const text = screen.frame();
  for (const state of ["shared", "sharing", "unshared", "volatile", "zero"]) {
    assert.match(text, new RegExp(`│ . ${state} `));
  }
});

Deno.test("where there is no row for each level, all of them stand side by side", () => {
  const [tree] = TREES.stable;
  const deep = {
    ...tree,
    nodes: 1035,
    height: 13,
    depths: [1, 2, 4, 8, 16, 32, 64, 128, 225, 300, 200, 50, 5],
  };
  const trees = { ...TREES, stable: [deep] };
  const source = answering(DETAILED, { trees });
  const screen = dashboardOn(source, { columns: 80, rows: 24 });
  screen.press("2");
  const text = screen.frame();
  // 1035 nodes need 11 levels; 4 096 000 bytes in 4 000 visits.
  assert.match(
    text,
    /nodes, most 300, ⌊ least +bytes a visit, most 1 024\.0 /,
  );
  assert.match(
    text,
    /│ 1 2 3 4 5 6 7 8 9 0 ⌊ 2 3 .* 1 2 3 4 5 6 7 8 9 0 ⌊ 2 3 /,
  );
  assert.match(text, /│ ❯ stable +1 035 +13 +11 /);
});

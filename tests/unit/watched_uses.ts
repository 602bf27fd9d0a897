/** What each way to use shared state has to be noted as. */
import { watchMachine } from "../../src/explorer/watch/mod.ts";
import type { MmSlot } from "../../src/engine/ksm/mod.ts";
import { newAdvisorContext } from "../../src/engine/ksm/advisor.ts";
import type { AnonVma, Frame, StableNode } from "../../src/engine/mm/mod.ts";
import { vmaAt } from "../../src/engine/mm/vma.ts";
import { Machine, Regions, slotVpn } from "../../src/machine/mod.ts";
import { AccessLog } from "../../src/sim/explore/mod.ts";
import { drive } from "../property/drive.ts";

/** A process, which is mm 1, with two pages in frames 1 and 2, and its slot 1; ksmd has remembered them as items 1 and 2. */
export function watched() {
  const machine = new Machine();
  const all = { proc: "a", region: "r" };
  drive(machine, [
    { op: "knob", name: "smart_scan", value: "0" },
    { op: "proc", proc: "a" },
    { op: "mmap", ...all, slot: 0, pages: 2 },
    { op: "madvise", ...all, advice: "mergeable" },
    { op: "fill", ...all, pattern: { kind: "seq", base: 1 } },
    { op: "run", value: 1 },
    { op: "scanPasses", n: 2 },
  ]);
  const log = new AccessLog();
  const cells = watchMachine(machine, log);
  const { memory, ksm, processes } = machine;
  const { mm, regions } = processes.named("a");
  const frame = frameHandle(1);
  const [first, second] = [...ksm.items.each()];
  const names = (numbers: readonly number[]) =>
    numbers.map((cell) => cells.nameOf(cell)).sort();
  /** What `work` reads, and what it writes. */
  const noted = (work: () => unknown): [reads: string[], writes: string[]] => {
    log.listening = true;
    work();
    log.listening = false;
    const { reads, writes } = log.take();
    const written = names(writes);
    return [names(reads).filter((name) => !written.includes(name)), written];
  };
  return {
    machine,
    memory,
    ksm,
    processes,
    mm,
    regions,
    frame,
    first,
    second,
    noted,
    log,
  };
}

export type Box = ReturnType<typeof watched>;

function frameHandle(index: number): Frame {
  return index as Frame;
}

/** A use, with what it has to be noted as; `%0` and `%1` stand for the two pages of the region. */
export type Use = [
  what: string,
  use: (box: Box) => unknown,
  reads: string[],
  writes: string[],
];

const COLUMNS: Use[] = [
  ["a number is read", ({ memory, frame }) => memory.frames.refcount[frame], [
    "frames.refcount[1]",
  ], []],
  ["a number is raised", ({ memory, frame }) => memory.frames.get(frame), [], [
    "frames.refcount[1]",
  ]],
  ["a number is set", ({ ksm, first }) => ksm.items.age[first] = 3, [], [
    "items.age[1]",
  ]],
  ["a handle is read", ({ ksm, first }) => ksm.items.next.get(first), [
    "items.next[1]",
  ], []],
  ["a handle is set", ({ ksm, first }) => ksm.items.head.set(first, 0), [], [
    "items.head[1]",
  ]],
  [
    "a link of a tree is read",
    ({ ksm, first }) => ksm.items.node.right[first],
    ["items.node.right[1]"],
    [],
  ],
  ["an entry is looked at", ({ ksm, first }) => ksm.items.isLive(first), [
    "items state[1]",
  ], []],
  [
    "an entry is relied on",
    ({ memory, frame }) => memory.frames.assertLive(frame),
    ["frames state[1]"],
    [],
  ],
  ["an entry is made", ({ ksm }) => ksm.nodes.alloc(), [], [
    "nodes handles",
    "nodes state[1]",
  ]],
  ["an entry goes", ({ ksm, first }) => ksm.items.free(first), [
    "items entries",
  ], ["items state[1]"]],
  ["entries are counted", ({ ksm }) => ksm.items.live, ["items handles"], [
    "items entries",
  ]],
  ["entries are gone through", ({ ksm }) => [...ksm.items.each()], [
    "items handles",
  ], ["items entries"]],
  [
    "a page is allocated",
    ({ memory }) => memory.frames.allocPage(memory.contents.zero, 0),
    ["block.online[0]"],
    [
      "frames handles",
      "frames state[3]",
      "frames.block[3]",
      "frames.content[3]",
      "frames.nid[3]",
      "frames.refcount[3]",
    ],
  ],
];

const STRUCTURES: Use[] = [
  ["the list's beginning is read", ({ ksm }) => ksm.slots.list.next(0), [
    "slots.list.next[0]",
  ], []],
  ["the list's end is read", ({ ksm }) => ksm.slots.list.previous(0), [
    "slots.list.previous[0]",
  ], []],
  ["the list is asked if it is empty", ({ ksm }) => ksm.slots.list.empty, [
    "slots.list.next[0]",
  ], []],
  [
    "the list's only entry goes",
    ({ ksm }) => ksm.slots.list.remove(slot(1)),
    [],
    [
      "slots.list.next[0]",
      "slots.list.next[1]",
      "slots.list.previous[0]",
      "slots.list.previous[1]",
    ],
  ],
  [
    "an entry comes before the only one",
    ({ ksm }) => ksm.slots.list.insertBefore(slot(2), slot(1)),
    [],
    [
      "slots.list.next[0]",
      "slots.list.next[2]",
      "slots.list.previous[1]",
      "slots.list.previous[2]",
    ],
  ],
  ["a tree's root is read", ({ ksm }) => ksm.unstableTrees[0].root, [
    "unstableTrees[0].root",
  ], []],
  [
    "a tree's child is read",
    ({ ksm, first }) => ksm.unstableTrees[0].left(first),
    ["items.node.left[1]"],
    [],
  ],
  [
    "a tree's red leaf goes",
    ({ ksm, second }) => ksm.unstableTrees[0].erase(second),
    [
      "items.node.left[1]",
      "items.node.left[2]",
      "items.node.parent[2]",
      "items.node.red[2]",
      "items.node.right[2]",
      "unstableTrees[0].root",
    ],
    ["items.node.right[1]", "unstableTrees[0].size"],
  ],
  [
    "a tree is cleared",
    ({ ksm }) => ksm.unstableTrees[0].clear(),
    [],
    ["unstableTrees[0].root", "unstableTrees[0].size"],
  ],
  [
    "a tree gets its first node",
    ({ ksm }) => ksm.stableTrees[0].insert(nodeHandle(1), 0, "left"),
    [],
    [
      "nodes.node.left[1]",
      "nodes.node.parent[1]",
      "nodes.node.red[1]",
      "nodes.node.right[1]",
      "stableTrees[0].root",
      "stableTrees[0].size",
    ],
  ],
];

function nodeHandle(index: number): StableNode {
  return index as StableNode;
}

function slot(index: number): MmSlot {
  return index as MmSlot;
}

const SPACES: Use[] = [
  [
    "an entry of a page table is read",
    ({ mm }) => mm.pages.get(slotVpn(0, 1)),
    ["mm 1 pages[%1]"],
    [],
  ],
  [
    "an entry of a page table is set",
    ({ mm }) => mm.pages.set(slotVpn(0, 0), 0),
    ["mm 1 pages as a whole"],
    ["mm 1 pages[%0]"],
  ],
  [
    "the next page is found",
    ({ mm }) => mm.pages.next(slotVpn(0, 0), slotVpn(0, 2)),
    ["mm 1 pages[%0]"],
    [],
  ],
  [
    "pages are counted",
    ({ mm }) => mm.pages.presentIn(slotVpn(0, 0), slotVpn(0, 2)),
    ["mm 1 pages[%0]", "mm 1 pages[%1]"],
    [],
  ],
  [
    "frames are counted",
    ({ mm }) => mm.pages.framesIn(slotVpn(0, 0), slotVpn(0, 2)),
    ["mm 1 pages[%0]", "mm 1 pages[%1]"],
    [],
  ],
  [
    "a page is sought in a long range",
    ({ mm }) => mm.pages.next(slotVpn(0, 2), slotVpn(0, 1000)),
    [],
    ["mm 1 pages as a whole"],
  ],
  ["all pages are counted", ({ mm }) => mm.pages.present, [], [
    "mm 1 pages as a whole",
  ]],
  ["an area is looked up", ({ mm }) => vmaAt(mm, slotVpn(0, 0)), [
    "mm.vmas.end[1]",
    "mm.vmas.start[1]",
    "mm.vmas[1]",
  ], []],
  ["an area changes", ({ mm }) => mm.vmas[0].protection = "r", ["mm.vmas[1]"], [
    "mm.vmas.protection[1]",
  ]],
  ["an area goes", ({ mm }) => mm.vmas.splice(0, 1), [], ["mm.vmas[1]"]],
  ["a process begins to exit", ({ mm }) => mm.users = 0, [], ["mm.users[1]"]],
  ["it is asked if it exits", ({ mm }) => mm.exiting, ["mm.users[1]"], []],
  ["its task is bound", ({ mm }) => mm.task.boundTo = 0, [], [
    "mm.task.boundTo[1]",
  ]],
  [
    "a family is gone through",
    ({ memory }) => [...memory.anonVmas.family(anonVma(1))],
    ["anonVmas.family[1]"],
    [],
  ],
  ["a family grows", ({ memory, mm }) => memory.anonVmas.link(anonVma(1), mm), [
    "anonVmas state[1]",
  ], ["anonVmas.family[1]", "anonVmas.refcount[1]"]],
  ["an address space is looked up", ({ memory, mm }) => memory.mms.of(mm.id), [
    "mms[1]",
  ], []],
  ["an address space is made", ({ memory }) => memory.mms.create(9), [], [
    "mm numbers",
    "mms[2]",
  ]],
  ["an address space is pinned", ({ memory, mm }) => memory.mms.get(mm), [], [
    "mm.count[1]",
  ]],
  ["all are gone through", ({ memory }) => [...memory.mms.each()], [
    "mm numbers",
  ], ["mms there"]],
];

function anonVma(index: number): AnonVma {
  return index as AnonVma;
}

const REST: Use[] = [
  [
    "a slot is looked up",
    ({ ksm, mm }) => ksm.slots.of(mm.id),
    ["slots of[1]"],
    [],
  ],
  ["a slot is freed", ({ ksm }) => ksm.slots.destroy(slot(1)), [
    "slots entries",
    "slots.mm[1]",
  ], ["slots of[1]", "slots state[1]"]],
  ["the cursor moves", ({ ksm }) => ksm.cursor.vpn = 5, [], ["cursor.vpn"]],
  ["a knob is read", ({ ksm }) => ksm.knobs.run, ["knobs.run"], []],
  ["a pass ends", ({ ksm }) => ksm.seqnr++, [], ["ksm.seqnr"]],
  ["the advisor is asked", ({ ksm }) => ksm.advisor.scanTime, [
    "advisor",
    "advisor.scanTime",
  ], []],
  [
    "the advisor is switched on",
    ({ ksm }) => ksm.advisor = newAdvisorContext(),
    [],
    [
      "advisor",
      "advisor.change",
      "advisor.cpuTime",
      "advisor.scanTime",
      "advisor.startScanMillis",
    ],
  ],
  ["an item is held", ({ ksm, first }) => ksm.treeAges.held.push(first), [], [
    "treeAges.held",
  ]],
  [
    "a block goes offline",
    ({ memory }) => memory.frames.blocks[0].online = false,
    [],
    ["block.online[0]"],
  ],
  ["somebody takes memory away", ({ memory }) => memory.inHotplug = true, [], [
    "memory.inHotplug",
  ]],
  [
    "a process is named",
    ({ processes }) => processes.named("a"),
    ["process a"],
    [],
  ],
  [
    "a process is sought",
    ({ processes }) => processes.find("b"),
    ["process b"],
    [],
  ],
  ["processes are gone through", ({ processes }) => processes.all(), [], [
    "all processes",
  ]],
  [
    "a region is looked up",
    ({ regions }) => regions.get("r"),
    ["regions of a"],
    [],
  ],
  [
    "a process comes",
    ({ processes, memory }) =>
      processes.add({
        name: "b",
        mm: memory.mms.create(processes.newPid()),
        regions: new Regions(),
      }),
    ["all processes"],
    [
      "mm numbers",
      "mms[2]",
      "pids",
      "process b",
      "process of mm[2]",
    ],
  ],
  [
    "the time is asked",
    ({ machine }) => machine.clock.nowMillis(),
    ["clock"],
    [],
  ],
  ["time passes", ({ machine }) => machine.clock.sleep(5), [], ["clock"]],
  ["chance decides", ({ machine }) => machine.random.below(5), [], [
    "random.state",
  ]],
  [
    "an observer looks on",
    ({ ksm, mm }) => ksm.observer?.({ event: "ksm_enter", mm }),
    [],
    [],
  ],
];

/** Every way. */
export const USES: readonly Use[] = [
  ...COLUMNS,
  ...STRUCTURES,
  ...SPACES,
  ...REST,
];

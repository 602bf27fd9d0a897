/**
 * All that is in a machine, place by place, found without a thought of what
 * changes it: the slow twin of what notes the changes.
 */
import { type Arena, HandleColumn } from "../../src/engine/lib/arena.ts";
import { ListLinks } from "../../src/engine/lib/list.ts";
import { RbLinks, type RbTree } from "../../src/engine/lib/rbtree.ts";
import type { Mm } from "../../src/engine/mm/mod.ts";
import { type Machine, slotVpn } from "../../src/machine/mod.ts";

/** What the machine holds. */
export interface MachineCells {
  /** Single places, by name. */
  readonly ones: Map<string, unknown>;
  /** Places side by side, by the name of all. */
  readonly rows: Map<string, ArrayLike<unknown>>;
}

/** Names of all places that do not hold the same. */
export function differences(a: MachineCells, b: MachineCells): string[] {
  const ones = new Set([...a.ones.keys(), ...b.ones.keys()]);
  const different = [...ones].filter((name) =>
    !Object.is(a.ones.get(name), b.ones.get(name))
  );
  const rows = new Set([...a.rows.keys(), ...b.rows.keys()]);
  for (const name of rows) {
    const before = a.rows.get(name) ?? [];
    const after = b.rows.get(name) ?? [];
    // Rows get longer, by zeros and nothing else, as an arena grows.
    for (let i = 0; i < Math.max(before.length, after.length); i++) {
      if ((before[i] || 0) !== (after[i] || 0)) different.push(`${name}[${i}]`);
    }
  }
  return different;
}

/** Pages of each address space that are looked at. */
const PAGES = 16;

/** Everything that the machine holds now. `uncounted` fields are left out. */
export function machineCells(
  machine: Machine,
  uncounted: ReadonlySet<string> = new Set(),
): MachineCells {
  const { ksm, memory, processes } = machine;
  const found: MachineCells = { ones: new Map(), rows: new Map() };
  const put = (name: string, value: unknown) => found.ones.set(name, value);
  const putFields = (object: object, name: string, suffix = "") => {
    for (const [key, value] of Object.entries(object)) {
      const place = `${name}.${key}`;
      if (value instanceof Object || uncounted.has(place)) continue;
      put(place + suffix, value);
    }
  };
  putFields(memory, "memory");
  putFields(ksm, "ksm");
  putFields(ksm.knobs, "knobs");
  putFields(ksm.cursor, "cursor");
  putFields(ksm.advisor, "advisor");
  putFields(ksm.treeAges, "treeAges");
  putFields(ksm.thread, "thread");
  putFields(ksm.writer, "writer");
  putFields(machine.random, "random");
  put("treeAges.held", ksm.treeAges.held.join());
  put("clock", machine.clock.nowMillis());
  putArena(found, memory.frames, "frames");
  putArena(found, memory.anonVmas, "anonVmas");
  putArena(found, ksm.items, "items");
  putArena(found, ksm.nodes, "nodes");
  putArena(found, ksm.slots, "slots");
  for (const block of memory.frames.blocks) {
    put(`block.online[${block.index}]`, block.online);
  }
  for (const anonVma of memory.anonVmas.each()) {
    const family = [...memory.anonVmas.family(anonVma)];
    put(`anonVmas.family[${anonVma}]`, family.map(({ id }) => id).join());
  }
  putTrees(found, ksm.stableTrees, "stableTrees");
  putTrees(found, ksm.unstableTrees, "unstableTrees");
  for (const mm of memory.mms.each()) {
    putFields(mm, "mm", `[${mm.id}]`);
    putFields(mm.task, "mm.task", `[${mm.id}]`);
    put(`mms[${mm.id}]`, true);
    put(`slots of[${mm.id}]`, ksm.slots.of(mm.id));
    putSpace(found, mm);
  }
  for (const { name, mm, regions } of processes.all()) {
    put(`process ${name}`, mm.id);
    put(`process of mm[${mm.id}]`, name);
    put(`regions of ${name}`, JSON.stringify([...regions]));
  }
  return found;
}

function putArena<H extends number>(
  { rows }: MachineCells,
  arena: Arena<H>,
  name: string,
): void {
  const { capacity } = arena;
  const row = (cell: (handle: H) => unknown) => {
    const cells: unknown[] = [];
    for (let index = 0; index < capacity; index++) {
      cells.push(cell(handleOf(index)));
    }
    return cells;
  };
  const putColumns = (columns: object, name: string) => {
    for (const [key, column] of Object.entries(columns)) {
      const place = `${name}.${key}`;
      if (column instanceof HandleColumn) {
        rows.set(place, row((handle) => column.get(handle)));
      } else if (column instanceof ListLinks) {
        rows.set(`${place}.next`, row((handle) => column.next(handle)));
        rows.set(`${place}.previous`, row((handle) => column.previous(handle)));
      } else if (column instanceof RbLinks) {
        putColumns(column, place);
      } else if (isNumbers(column)) {
        rows.set(place, column.slice());
      }
    }
  };
  rows.set(`${name} state`, row((handle) => arena.isLive(handle)));
  putColumns(arena, name);
}

function isNumbers(value: unknown): value is Int32Array {
  return value instanceof Object && "BYTES_PER_ELEMENT" in value;
}

function handleOf<H extends number>(index: number): H {
  return index as H;
}

function putTrees<H extends number>(
  { ones }: MachineCells,
  trees: readonly RbTree<H>[],
  name: string,
): void {
  trees.forEach((tree, nid) => {
    ones.set(`${name}[${nid}].root`, tree.root);
    ones.set(`${name}[${nid}].size`, tree.size);
  });
}

function putSpace({ ones }: MachineCells, mm: Mm): void {
  const areas = mm.vmas.map((vma) => Object.entries(vma));
  ones.set(`mm.vmas[${mm.id}]`, areas.length);
  const keys = new Set(areas.flatMap((area) => area.map(([key]) => key)));
  for (const key of keys) {
    const values = areas.map((area) => Object.fromEntries(area)[key]);
    ones.set(`mm.vmas.${key}[${mm.id}]`, values.join());
  }
  for (let page = 0; page < PAGES; page++) {
    const vpn = slotVpn(0, page);
    ones.set(`mm ${mm.id} pages[${vpn}]`, mm.pages.get(vpn));
  }
}

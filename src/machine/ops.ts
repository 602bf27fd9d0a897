/**
 * What each operation does to a machine, except those that scan.
 *
 * Operations have been checked by the workload layer, so that what they name
 * exists; a broken assertion in here is a bug.
 *
 * @module
 */
import { assert } from "../engine/lib/assert.ts";
import type { Suspends } from "../engine/lib/step.ts";
import {
  ERRNO,
  type KnobDefinition,
  knobNamed,
  ksmMadvise,
  setMergeAny,
  writeKnob,
} from "../engine/ksm/mod.ts";
import {
  discardPages,
  exitMm,
  forkMm,
  mapArea,
  moveArea,
  patchPage,
  protectArea,
  readPage,
  unmapArea,
  writePage,
} from "../engine/mm/mod.ts";
import {
  Fnv1a64,
  type Op,
  PAGE_BYTES,
  pageContents,
  type RecordedEvent,
} from "../workload/mod.ts";
import type { Machine } from "./machine.ts";
import { performNumaOp } from "./numa_ops.ts";
import { type Process, slotVpn } from "./process_table.ts";
import { pageRange, type Region, Regions } from "./regions.ts";
import { RefusedOp } from "./refused_op.ts";

/** The operations that scan; {@linkcode "./scan_op.ts"} does them. */
export type ScanOp = Extract<Op, { op: "scanBatches" | "scanPasses" }>;

/** The operations that are done at once. */
export type InstantOp = Exclude<Op, ScanOp | { op: "sample" }>;

/**
 * Does one operation; its answer, as a recording has it, if it has one.
 *
 * @throws {RefusedOp} The machine does not model it.
 */
export function* performOp(
  machine: Machine,
  op: InstantOp,
  index: number,
): Suspends<RecordedEvent | undefined> {
  switch (op.op) {
    case "proc":
    case "fork":
    case "exit":
      yield* performProcessOp(machine, op);
      return undefined;
    case "mmap":
    case "munmap":
    case "mremap":
    case "mprotect":
      yield* performAreaOp(machine, op, index);
      return undefined;
    case "fill":
    case "write":
    case "read":
      yield* performAccess(machine, op);
      return undefined;
    case "hash":
      return { i: index, op: op.op, fnv1a64: yield* hash(machine, op) };
    case "madvise":
      return { i: index, op: op.op, errno: yield* madvise(machine, op) };
    case "run":
      return {
        i: index,
        op: op.op,
        errno: yield* writeSysfs(machine, known("run"), op.value),
      };
    case "knob":
      return { i: index, op: op.op, ...(yield* performKnob(machine, op)) };
    case "prctl":
      return { i: index, op: op.op, ...(yield* setMemoryMerge(machine, op)) };
    case "sleep":
      machine.clock.sleep(op.ms);
      return undefined;
    case "bind":
    case "mbind":
    case "move":
    case "offline":
    case "online":
      return yield* performNumaOp(machine, op, index);
  }
}

type OpNamed<Name extends Op["op"]> = Extract<Op, { op: Name }>;

function* performProcessOp(
  machine: Machine,
  op: OpNamed<"proc" | "fork" | "exit">,
): Suspends<void> {
  const { memory, processes } = machine;
  switch (op.op) {
    case "proc": {
      const mm = memory.mms.create(processes.newPid());
      processes.add({ name: op.proc, mm, regions: new Regions() });
      return;
    }
    case "fork": {
      const parent = processes.named(op.proc);
      const mm = yield* forkMm(memory, parent.mm, processes.newPid());
      const regions = new Regions(parent.regions);
      processes.add({ name: op.child, mm, regions });
      return;
    }
    case "exit": {
      const process = processes.named(op.proc);
      yield* exitMm(memory, process.mm);
      processes.remove(process);
      return;
    }
  }
}

function* performAreaOp(
  machine: Machine,
  op: OpNamed<"mmap" | "munmap" | "mremap" | "mprotect">,
  index: number,
): Suspends<void> {
  const { memory } = machine;
  const process = machine.processes.named(op.proc);
  const { mm, regions } = process;
  switch (op.op) {
    case "mmap": {
      const start = slotVpn(op.slot, op.off ?? 0);
      const end = start + op.pages;
      const free = yield* mapArea(memory, mm, start, end, op.prot ?? "rw");
      if (!free) return assertLive(machine, op);
      regions.set(op.region, { start, pages: op.pages });
      return;
    }
    case "munmap": {
      const { start, end } = range(process, op);
      return yield* unmapArea(memory, mm, start, end);
    }
    case "mprotect": {
      const { start, end } = range(process, op);
      return yield* protectArea(memory, mm, start, end, op.prot);
    }
    case "mremap": {
      const from = region(process, op.region);
      const to = slotVpn(op.slot, op.off ?? 0);
      const pages = op.pages ?? from.pages;
      const end = from.start + from.pages;
      const outcome = yield* moveArea(memory, mm, from.start, end, to, pages);
      if (outcome === "hole") return assertLive(machine, op);
      if (outcome !== "moved") {
        const reason = `region "${op.region}" has unlike parts, and only ` +
          "a uniform region can be moved to another length";
        throw new RefusedOp(index, op.op, reason);
      }
      regions.set(op.region, { start: to, pages });
      return;
    }
  }
}

function* performAccess(
  machine: Machine,
  op: OpNamed<"fill" | "write" | "read">,
): Suspends<void> {
  const { memory, pages } = machine;
  const process = machine.processes.named(op.proc);
  const { mm } = process;
  switch (op.op) {
    case "fill": {
      const { start, end } = range(process, op);
      const content = pageContents(op.pattern);
      for (let vpn = start; vpn < end; vpn++) {
        const written = pages.get(content(vpn - start));
        if (!(yield* writePage(memory, mm, vpn, written))) {
          return assertLive(machine, op);
        }
      }
      return;
    }
    case "write": {
      const vpn = region(process, op.region).start + op.page;
      const bytes = bytesOfHex(op.bytes);
      const isMapped = yield* patchPage(memory, mm, vpn, op.offset, bytes);
      if (!isMapped) assertLive(machine, op);
      return;
    }
    case "read": {
      const { start, end } = range(process, op);
      for (let vpn = start; vpn < end; vpn++) {
        if ((yield* readPage(memory, mm, vpn)) === 0) {
          return assertLive(machine, op);
        }
      }
      return;
    }
  }
}

/** Only another thread can have changed the address space since the operation was asked for; then the rest of it comes to nothing. */
function assertLive(machine: Machine, op: Op): void {
  assert(machine.clock.isLive, `Op ${op.op} does not fit its address space`);
}

function* hash(machine: Machine, op: OpNamed<"hash">): Suspends<string> {
  const { memory } = machine;
  const process = machine.processes.named(op.proc);
  const { start, end } = range(process, op);
  const bytes = new Uint8Array(PAGE_BYTES);
  const fnv = new Fnv1a64();
  for (let vpn = start; vpn < end; vpn++) {
    const content = yield* readPage(memory, process.mm, vpn);
    if (content === 0) {
      assertLive(machine, op);
      break;
    }
    memory.contents.read(content, bytes);
    fnv.update(bytes);
  }
  return fnv.hex();
}

function* madvise(machine: Machine, op: OpNamed<"madvise">): Suspends<number> {
  const { ksm, memory } = machine;
  const process = machine.processes.named(op.proc);
  const { mm } = process;
  const { start, end } = range(process, op);
  if (start === end) return ERRNO.ok;
  if (op.advice === "dontneed") {
    const covered = yield* discardPages(memory, mm, start, end);
    return covered ? ERRNO.ok : ERRNO.enomem;
  }
  return yield* ksmMadvise(ksm, mm, start, end, op.advice);
}

function* setMemoryMerge(
  machine: Machine,
  { proc, mergeAny }: OpNamed<"prctl">,
): Suspends<{ errno: number; get: number }> {
  const { mm } = machine.processes.named(proc);
  yield* setMergeAny(machine.ksm, mm, mergeAny);
  return { errno: ERRNO.ok, get: mm.mergeAny ? 1 : 0 };
}

/** Writes a value and a newline to a file of sysfs. */
function* writeSysfs(
  machine: Machine,
  knob: KnobDefinition,
  value: number | string,
): Suspends<number> {
  return yield* writeKnob(machine.ksm, knob, `${value}\n`);
}

function* performKnob(
  machine: Machine,
  { name, value }: OpNamed<"knob">,
): Suspends<{ errno: number; now: string }> {
  const knob = known(name);
  const errno = yield* writeSysfs(machine, knob, value);
  return { errno, now: knob.read(machine.ksm.knobs) };
}

function known(name: string): KnobDefinition {
  const knob = knobNamed(name);
  assert(knob !== undefined, `No knob ${name}`);
  return knob;
}

function region(process: Process, name: string): Region {
  const found = process.regions.get(name);
  assert(found !== undefined, `Process ${process.name} has no region ${name}`);
  return found;
}

function range(
  process: Process,
  op: { region: string; start?: number; count?: number },
): { start: number; end: number } {
  return pageRange(process.regions, op);
}

function bytesOfHex(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  }
  return bytes;
}

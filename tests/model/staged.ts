/** Runs a workload and looks at the machine at each of its samples; what programs ask of their own memory. */
import assert from "node:assert/strict";
import {
  type Content,
  contentAt,
  type Frame,
  pteFrame,
} from "../../src/engine/mm/mod.ts";
import {
  Driver,
  Machine,
  type Process,
  type Region,
} from "../../src/machine/mod.ts";
import {
  openWorkload,
  PAGE_BYTES,
  type Workload,
} from "../../src/workload/mod.ts";

/** A sample of the workload, and what must hold there. */
export type Stage = readonly [label: string, check: (machine: Machine) => void];

/** Runs a workload to its end. Its samples have to be those of `stages`, in their order. */
export function runStaged(
  workload: Workload,
  stages: readonly Stage[],
): Machine {
  const machine = new Machine({ nodes: workload.nodes });
  const driver = new Driver(machine, openWorkload(workload));
  for (const [label, check] of stages) {
    assert.equal(driver.advance("end"), "sample", `no sample "${label}"`);
    assert.equal(driver.label, label);
    check(machine);
  }
  assert.equal(driver.advance("end"), "end", "one more sample");
  return machine;
}

/** A page full of one byte. */
export function pageOf(byte: number): Uint8Array {
  return new Uint8Array(PAGE_BYTES).fill(byte);
}

/** Asserts that a process reads these bytes in a region. Reading touches nothing. */
export function assertReads(
  machine: Machine,
  proc: string,
  region: string,
  expected: (page: number) => Uint8Array,
): void {
  const { memory } = machine;
  const { mm, start, pages } = placeOf(machine, proc, region);
  // Most pages of a region have the same bytes, which are compared once.
  const compared = new Map<Content, Uint8Array>();
  const bytes = new Uint8Array(PAGE_BYTES);
  for (let page = 0; page < pages; page++) {
    const content = contentAt(memory, mm, start + page);
    const wanted = expected(page);
    if (compared.get(content) === wanted) continue;
    memory.contents.read(content, bytes);
    assert.deepEqual(bytes, wanted, `${proc} ${region}+${page}`);
    compared.set(content, wanted);
  }
}

/** Frames that a region maps; holes and the zero page have none. */
export function framesOf(
  machine: Machine,
  proc: string,
  region: string,
): Frame[] {
  const { mm, start, pages } = placeOf(machine, proc, region);
  const frames: Frame[] = [];
  for (let vpn = start; vpn < start + pages; vpn++) {
    const frame = pteFrame(mm.pages.get(vpn));
    if (frame !== 0) frames.push(frame);
  }
  return frames;
}

/** Asserts that no frame stands behind two pages of a region, and that so many have one. */
export function assertNoDuplicates(
  machine: Machine,
  proc: string,
  region: string,
  present: number,
): void {
  const frames = framesOf(machine, proc, region);
  assert.equal(frames.length, present);
  assert.equal(new Set(frames).size, present, "a frame occurs twice");
}

/** pages_shared and pages_sharing. */
export function sharing(machine: Machine): [shared: number, sharing: number] {
  const { pagesShared, pagesSharing } = machine.counters();
  return [pagesShared, pagesSharing];
}

function placeOf(
  machine: Machine,
  proc: string,
  region: string,
): Region & Pick<Process, "mm"> {
  const { mm, regions } = machine.processes.named(proc);
  const place = regions.get(region);
  assert.ok(place, `${proc} has no region ${region}`);
  return { mm, ...place };
}

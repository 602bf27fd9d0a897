/**
 * The processes of a machine, by the names that the workload gives to them.
 *
 * @module
 */
import { assert } from "../engine/lib/assert.ts";
import { keepAll, type Kept } from "../engine/lib/kept.ts";
import type { Mm } from "../engine/mm/mod.ts";
import {
  FIRST_PID,
  PAGE_BYTES,
  PAGES_PER_SLOT,
  SLOT_0_ADDRESS,
} from "../workload/mod.ts";
import type { Regions } from "./regions.ts";

/** A live process. */
export interface Process {
  /** The workload's name for it. */
  readonly name: string;
  /** Its address space. */
  readonly mm: Mm;
  /** Its regions. */
  readonly regions: Regions;
}

/** What a process that is kept takes in the two maps, roughly. */
const PROCESS_BYTES = 64;

/** All processes that live. */
export class ProcessTable {
  #byName = new Map<string, Process>();
  #byMm = new Map<Mm, Process>();
  #nextPid = FIRST_PID;

  /** A process id that no process had. */
  newPid(): number {
    return this.#nextPid++;
  }

  /** Adds a process. */
  add(process: Process): void {
    assert(!this.#byName.has(process.name), `Process ${process.name} lives`);
    this.#byName.set(process.name, process);
    this.#byMm.set(process.mm, process);
  }

  /** Removes a process. */
  remove(process: Process): void {
    this.#byName.delete(process.name);
    this.#byMm.delete(process.mm);
  }

  /** The process of this name, if it lives. */
  find(name: string): Process | undefined {
    return this.#byName.get(name);
  }

  /** The process of this name, which lives. */
  named(name: string): Process {
    const process = this.#byName.get(name);
    assert(process !== undefined, `No process ${name}`);
    return process;
  }

  /** The process that owns `mm`; none once it has exited. */
  owning(mm: Mm): Process | undefined {
    return this.#byMm.get(mm);
  }

  /** All processes, and what is known of their regions. */
  keep(): Kept {
    const processes = [...this.all()];
    const nextPid = this.#nextPid;
    const restore = () => {
      this.#byName = new Map(processes.map((each) => [each.name, each]));
      this.#byMm = new Map(processes.map((each) => [each.mm, each]));
      this.#nextPid = nextPid;
    };
    return keepAll([
      { bytes: processes.length * PROCESS_BYTES, restore },
      ...processes.map(({ regions }) => regions.keep()),
    ]);
  }

  /** All of them, in the order of their creation. */
  all(): Iterable<Process> {
    return this.#byName.values();
  }
}

/** Virtual page number of page `off` of a slot. */
export function slotVpn(slot: number, off: number): number {
  return SLOT_0_ADDRESS / PAGE_BYTES + slot * PAGES_PER_SLOT + off;
}

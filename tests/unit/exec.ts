/** The system call that no operation of a workload stands for. */
import { execMm } from "../../src/engine/mm/mod.ts";
import { type Machine, Regions } from "../../src/machine/mod.ts";

/** Puts a new program, which has mapped nothing yet, in the place of a process's old one. */
export function exec(machine: Machine, name: string): void {
  const process = machine.processes.named(name);
  const mm = machine.run(execMm(machine.memory, process.mm));
  machine.processes.remove(process);
  machine.processes.add({ name, mm, regions: new Regions() });
}

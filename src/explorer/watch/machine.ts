/**
 * A machine whose use by its actors is noted.
 *
 * @module
 */
import { assert } from "../../engine/lib/assert.ts";
import type { AccessLog, Cell } from "../../sim/explore/access_log.ts";
import type { Machine, Process, Regions } from "../../machine/mod.ts";
import { noteCalls } from "./calls.ts";
import { Cells, quietly, Whole } from "./cells.ts";
import { watchFields } from "./fields.ts";
import { watchKsm } from "./ksm.ts";
import { watchMemory } from "./memory.ts";

/**
 * Has every use of what actors share noted in `log` from now on, while it
 * listens. Costs nothing where a machine is not watched: its objects themselves
 * are changed, and no class is.
 *
 * With the `cells` of another machine, equal places have equal numbers.
 *
 * A machine can be watched once. What it tells people is not watched: the log of
 * events, and how many batches and passes there were.
 *
 * @throws {Bug} The machine goes by a virtual clock, or has a field that is not known here.
 */
export function watchMachine(
  machine: Machine,
  log: AccessLog,
  cells: Cells = new Cells(log),
): Cells {
  assert(
    machine.simulation === undefined,
    "Only a machine without time is watched",
  );
  quietly(log, () => {
    watchFields(cells, machine, { name: "machine" }, [
      "memory",
      "ksm",
      "processes",
      "log",
      "pages",
      "clock",
      "random",
      "simulation",
      "batches",
      "passes",
    ]);
    watchFields(cells, machine.random, { name: "random" });
    watchMemory(cells, machine.memory);
    watchKsm(cells, machine.ksm);
    watchProcesses(cells, machine);
    watchClock(cells, machine);
    muteObservers(log, machine);
  });
  return cells;
}

/** Pids and names of processes, and of their regions: what a workload knows of them. */
function watchProcesses(cells: Cells, { processes }: Machine): void {
  const { log } = cells;
  const pids = cells.one("pids");
  const owners = cells.row("process of mm");
  const all = new Whole(cells, "all processes");
  const cellOf = (name: string) => cells.one(`process ${name}`);
  const regionsOf = (name: string) => cells.one(`regions of ${name}`);
  const change = ({ name, mm }: Process) => {
    all.changePart();
    log.write(cellOf(name));
    owners.write(mm.id);
  };
  // A forked process gets its regions from its parent.
  const parentOf = ({ mm: { forkedFrom } }: Process) =>
    forkedFrom && quietly(log, () => processes.owning(forkedFrom));
  noteCalls(processes, "newPid", () => log.write(pids));
  noteCalls(processes, "add", (process: Process) => {
    change(process);
    const parent = parentOf(process);
    if (parent !== undefined) log.read(regionsOf(parent.name));
    watchRegions(log, process.regions, regionsOf(process.name));
  });
  noteCalls(processes, "remove", change);
  noteCalls(processes, "find", (name: string) => log.read(cellOf(name)));
  noteCalls(processes, "named", (name: string) => log.read(cellOf(name)));
  noteCalls(processes, "owning", ({ id }: Process["mm"]) => owners.read(id));
  for (const { name, regions } of processes.all()) {
    watchRegions(log, regions, regionsOf(name));
  }
  noteCalls(processes, "all", () => all.look());
}

function watchRegions(log: AccessLog, regions: Regions, cell: Cell): void {
  noteCalls(regions, "set", () => log.write(cell));
  noteCalls(regions, "get", () => log.read(cell));
  noteCalls(regions, "at", () => log.read(cell));
  const iterator = regions[Symbol.iterator].bind(regions);
  regions[Symbol.iterator] = () => {
    log.read(cell);
    return iterator();
  };
}

/** Only sleeping lets KSM's time pass. What batches take is told to people. */
function watchClock(cells: Cells, { clock }: Machine): void {
  const { log } = cells;
  const cell = cells.one("clock");
  noteCalls(clock, "sleep", () => log.write(cell));
  noteCalls(clock, "nowMillis", () => log.read(cell));
}

/** What observers look at tells people, and changes nothing. */
function muteObservers(log: AccessLog, { ksm, memory }: Machine): void {
  const { observer: onPoint } = ksm;
  const { observer: onEvent } = memory;
  if (onPoint) ksm.observer = (point) => quietly(log, () => onPoint(point));
  if (onEvent) memory.observer = (event) => quietly(log, () => onEvent(event));
}

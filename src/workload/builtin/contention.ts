/**
 * Many threads after the same locks.
 *
 * @module
 */
import type { Box } from "../box.ts";
import { workload } from "../script.ts";
import type { Workload } from "../script.ts";

const PROCESSES = 3;
const PAGES = 1024;
/** Pages that writers write; those after them come and go. */
const HOT = 256;
/** Writers of each process in the scene. */
const WRITERS = 2;

/**
 * The scene with so many writers in each process.
 *
 * Writers fault on merged pages and hold mmap_lock as readers do, as ksmd does
 * too; mappers map, protect and unmap, for which each has to have it alone.
 */
export function contentionWith(writers: number): Workload {
  return workload("contention", function* (box) {
    box.knob("smart_scan", 0);
    box.knob("pages_to_scan", 2000);
    for (let number = 1; number <= PROCESSES; number++) {
      startProcess(box, `db-${number}`, writers);
    }
    box.every(7, "admin", ({ number }) => {
      box.run(1);
      box.knob("max_page_sharing", number % 2 === 0 ? 256 : 300);
    });
    box.reader(5);
    for (let pass = 0;; pass++) {
      yield* box.scanPasses(10);
      box.sample(`${10 * (pass + 1)} full scans under load`);
    }
  }, {
    title: "writers, mappers, a reader and an administrator: " +
      "see who waits for mmap_lock, and where ksmd is held up",
    endless: true,
  });
}

function startProcess(box: Box, name: string, writers: number): void {
  const process = box.process(name);
  const ram = process.mmap("ram", PAGES, { mergeable: true });
  ram.fill({ kind: "mod", base: 1, m: 128 });
  for (let writer = 1; writer <= writers; writer++) {
    process.every(1, `writer-${writer}`, (turn) => {
      const page = turn.randomInt(HOT - 8);
      const base = turn.randomInt(128);
      // Pages given back are faulted in again, each for itself.
      ram.madvise("dontneed", page, 8);
      ram.fill(page, 8, { kind: "mod", base, m: 128 });
    });
  }
  process.every(4, "mapper", ({ number }) => {
    ram.madvise(number % 2 === 0 ? "unmergeable" : "mergeable", HOT, HOT);
    const buffer = process.mmap("buffer", HOT);
    buffer.fill({ kind: "zero" });
    buffer.unmap();
  });
}

/** Watch ksmd, faults and mappers queue for mmap_lock, and the administrator for the end of a batch. */
export const contention: Workload = contentionWith(WRITERS);

/**
 * `save`: a workload's operations as a trace.
 *
 * @module
 */
import { dirname, isAbsolute, relative, resolve } from "node:path";
import { Driver, Machine } from "../machine/mod.ts";
import {
  DEFAULT_SEED,
  type FileBytes,
  type Op,
  opsOf,
  printTrace,
  renameFiles,
  type ScanReply,
  traceOf,
} from "../workload/mod.ts";
import { EXIT } from "./exit.ts";
import { filesIn, pathFrom, requirePermission, writeText } from "./files.ts";
import type { Streams } from "./streams.ts";
import { UserError } from "./user_error.ts";
import type { LoadedWorkload } from "./workload_file.ts";

/** The output that is no file but stdout. */
const STDOUT = "-";

/** What to save, and where. */
export interface SaveOptions {
  /** The trace's path, or `-` for stdout. */
  readonly output: string | undefined;
  /** The seed of the workload's random numbers. */
  readonly seed: number | undefined;
}

/** Writes a workload's operations as a trace; answers the exit code. */
export function saveWorkload(
  workload: LoadedWorkload,
  { output, seed = DEFAULT_SEED }: SaveOptions,
  streams: Streams,
): number {
  const { files, name, nodes, origin } = workload;
  if (output === undefined) {
    throw new UserError(
      `Cannot save "${name}" without a place: give -o trace.json, or -o - ` +
        "for stdout",
    );
  }
  if (!("body" in origin)) {
    throw new UserError(`Cannot save "${name}": it is a trace already`);
  }
  if (output !== STDOUT) requirePermission("write", output);
  const folder = output === STDOUT ? "." : dirname(output);
  const ops = renameFiles(
    opsOf(origin, seed, new Answers(files, nodes).answer),
    (path) => relocated(path, workload.folder, folder),
  );
  const text = printTrace(traceOf(origin, ops, filesIn(folder)));
  if (output === STDOUT) streams.out(text);
  else writeText(output, text);
  return EXIT.ok;
}

/** A path relative to one folder, made relative to another. */
function relocated(path: string, from: string, to: string): string {
  return isAbsolute(path)
    ? path
    : relative(resolve(to), resolve(pathFrom(from, path)));
}

/**
 * Tells a script what its scans came to. A machine does the operations only
 * when the script looks, so that a script can be saved which the machine
 * refuses.
 */
class Answers {
  readonly #files: FileBytes;
  readonly #nodes: 1 | 2;
  readonly #ops: Op[] = [];
  /** Operations done, and operations to do now. */
  #done = 0;
  #wanted = 0;
  #driver: Driver;

  constructor(files: FileBytes, nodes: 1 | 2) {
    this.#files = files;
    this.#nodes = nodes;
    this.#driver = this.#start();
  }

  /** How things stand after an operation. */
  readonly answer = (op: Op): ScanReply => {
    const count = this.#ops.push(op);
    const counters = () => this.#countersAfter(count);
    let known: ScanReply["counters"] | undefined;
    return {
      get counters() {
        return known ??= counters();
      },
    };
  };

  /** Counters after so many operations; a script may look at an earlier scan again. */
  #countersAfter(count: number): ScanReply["counters"] {
    if (count < this.#done) this.#driver = this.#start();
    this.#wanted = count;
    while (this.#driver.advance("end") !== "end");
    return { ...this.#driver.machine.counters() };
  }

  #start(): Driver {
    this.#done = 0;
    const machine = new Machine({ files: this.#files, nodes: this.#nodes });
    return new Driver(machine, {
      name: "save",
      title: "a workload that is saved",
      endless: false,
      next: () =>
        this.#done < this.#wanted ? this.#ops[this.#done++] : undefined,
    });
  }
}

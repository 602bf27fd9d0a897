/**
 * Workloads as scripts.
 *
 * @module
 */
import { Box } from "./box.ts";
import type { Pause } from "./box.ts";
import { quote } from "./nearest.ts";
import { OpQueue } from "./op_queue.ts";
import type { OpSource, ScanReply } from "./op_source.ts";
import { ScriptError, scriptError } from "./script_error.ts";
import { TraceError } from "./trace_error.ts";

/** The seed of a run that names none. */
export const DEFAULT_SEED = 1;

/** What a script does with its box. */
export type ScriptBody = (box: Box) => Generator<Pause, void, ScanReply>;

/** What else a workload says of itself. */
export interface WorkloadOptions {
  /** One line that says what to watch; the name when missing. */
  readonly title?: string;
  /** Whether the script never ends by itself. */
  readonly endless?: boolean;
  /** How many NUMA nodes the machine has that it runs on; 1 when missing. */
  readonly nodes?: 1 | 2;
}

/** Marks workloads. Registered, since a script may have another copy of this module. */
const MARK = Symbol.for("ksmscope.workload");

/** A script with its name. */
export interface Workload {
  /** The name, also of the trace that it is saved as. */
  readonly name: string;
  /** One line that says what to watch. */
  readonly title: string;
  /** Whether the script never ends by itself. */
  readonly endless: boolean;
  /** How many NUMA nodes the machine has that it runs on. */
  readonly nodes: 1 | 2;
  /** The script. */
  readonly body: ScriptBody;
}

/**
 * Gives a script a name. The default export of a workload file is one of these.
 *
 * Calls on the box and what it gives out are queued, and done when the script
 * scans or ends. `scanPasses` and `scanBatches` are run with `yield*` and return
 * the counters after them. ksmd works in them alone, until {@linkcode Box.live}
 * or the first thread lets it scan by itself. A script that never calls
 * `box.run` starts ksmd with its first scan, or when it goes live.
 *
 * @example
 * ```ts
 * import { opsOf, workload } from "ksmscope";
 * import assert from "node:assert/strict";
 *
 * const twoGuests = workload("two guests", function* (box) {
 *   const a = box.process("vm-a"), b = box.process("vm-b");
 *   for (const vm of [a, b]) {
 *     const ram = vm.mmap("ram", 4096, { mergeable: true });
 *     ram.fill(0, 3072, { kind: "prng", seed: 1 });
 *     ram.fill(3072, 1024, { kind: "prng", seed: vm.pid });
 *   }
 *   yield* box.scanPasses(3);
 *   box.sample("merged");
 *   a.region("ram").write(10, 0, "ff");
 *   yield* box.scanPasses(2);
 * });
 * const ops = opsOf(twoGuests, 1);
 * assert.deepEqual(ops.at(-2), {
 *   op: "write",
 *   proc: "vm-a",
 *   region: "ram",
 *   page: 10,
 *   offset: 0,
 *   bytes: "ff",
 * });
 * ```
 *
 * @throws {ScriptError} The name is empty, the body is no function, or there is no machine with so many nodes.
 */
export function workload(
  name: string,
  body: ScriptBody,
  options: WorkloadOptions = {},
): Workload {
  if (typeof name !== "string" || name === "") {
    throw new ScriptError(
      "workload",
      `Cannot name a workload ${quote(name)}: ` +
        "the name must be a text that is not empty",
    );
  }
  if (typeof body !== "function") {
    throw new ScriptError(
      name,
      `Cannot run ${quote(body)}: the body must be a function* (box) {...}`,
    );
  }
  const { title = name, endless = false, nodes = 1 } = options;
  if (nodes !== 1 && nodes !== 2) {
    throw new ScriptError(
      name,
      `Cannot run on a machine with ${quote(nodes)} NUMA nodes: ` +
        "there are machines with 1 and with 2",
    );
  }
  const marked = { [MARK]: true, name, title, endless, nodes, body };
  return marked;
}

/** Whether a value, such as a module's default export, was made by {@linkcode workload}. */
export function isWorkload(value: unknown): value is Workload {
  return typeof value === "object" && value !== null && MARK in value;
}

/** How {@linkcode openWorkload} starts a script. */
export interface OpenOptions {
  /** A whole number from 0; {@linkcode DEFAULT_SEED} when missing. */
  readonly seed?: number;
}

/**
 * Starts a script, which then goes on as its operations are taken.
 *
 * `next` throws a {@linkcode TraceError} for a call that cannot be done, and a
 * {@linkcode ScriptError} for what the script itself throws; both name the
 * script's line where the stack shows one.
 *
 * @throws {ScriptError} The seed is no whole number from 0.
 */
export function openWorkload(
  workload: Workload,
  options: OpenOptions = {},
): OpSource {
  const { name, title, endless, body } = workload;
  const { seed = DEFAULT_SEED } = options;
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new ScriptError(
      name,
      `Cannot start with seed ${quote(seed)}: it must be a whole number from 0`,
    );
  }
  const queue = new OpQueue(name);
  const box = new Box(queue, seed);
  let script: ReturnType<ScriptBody> | undefined;
  let ended = false;

  function resume(reply: ScanReply): void {
    try {
      script ??= generatorOf(body(box), name);
      ended = script.next(reply).done === true;
      queue.refuseForgotten();
      if (!ended) queue.refuseOtherYield();
    } catch (thrown) {
      ended = true;
      queue.clear();
      throw scriptError(thrown, name, queue.count);
    }
  }

  return {
    name,
    title,
    endless,
    next(reply = unanswered(name)) {
      for (;;) {
        const op = queue.take();
        if (op !== undefined || ended) return op;
        resume(reply);
      }
    },
  };
}

/** What a body returned, if it is a generator. */
function generatorOf(
  returned: ReturnType<ScriptBody>,
  name: string,
): ReturnType<ScriptBody> {
  const value: unknown = returned;
  if (typeof value === "object" && value !== null && Symbol.iterator in value) {
    return returned;
  }
  throw new TraceError(
    name,
    "Cannot run the body: it must be a function* (box) {...}, " +
      "neither async nor without the star",
  );
}

/** The reply to a script when nobody scans: it may go on, but not look. */
function unanswered(name: string): ScanReply {
  return {
    get counters(): never {
      throw new TraceError(
        name,
        "Cannot tell the counters: no machine has done the scan",
      );
    },
  };
}

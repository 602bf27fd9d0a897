/**
 * From the word on the command line to a workload: a built-in name, a trace, a
 * script.
 *
 * @module
 */
import { dirname, extname } from "node:path";
import {
  BUILTINS,
  checkFiles,
  type FileBytes,
  images,
  nodesOf,
  openTrace,
  openWorkload,
  type OpSource,
  parseTrace,
  type Trace,
  type Workload,
} from "../workload/mod.ts";
import { didYouMean } from "./did_you_mean.ts";
import { filesIn, isFile, readBytes, readText } from "./files.ts";
import { importScript } from "./script.ts";
import { UserError } from "./user_error.ts";

/** A workload that can be started, any number of times. */
export interface LoadedWorkload {
  /** Its name. */
  readonly name: string;
  /** What it is: something that runs, or a list of operations. */
  readonly origin: Workload | Trace;
  /** The folder that the paths of its files are relative to. */
  readonly folder: string;
  /** Its files. */
  readonly files: FileBytes;
  /** How many NUMA nodes the machine has that it runs on. */
  readonly nodes: 1 | 2;
  /** Starts it. */
  open(seed: number): OpSource;
}

/** How names of scripts end. */
const SCRIPT_ENDINGS = [".ts", ".js", ".mts", ".mjs"];

/** How the name of a trace ends. */
const TRACE_ENDING = ".json";

/** The names of the built-in workloads. */
export const BUILTIN_NAMES: readonly string[] = BUILTINS.map(({ name }) =>
  name
);

/** Whether a word can only be meant as a workload, however wrong it may turn out. */
export function looksLikeWorkload(word: string): boolean {
  return BUILTIN_NAMES.includes(word) || extname(word) === TRACE_ENDING ||
    SCRIPT_ENDINGS.includes(extname(word)) || isFile(word);
}

/** The built-in workload of a name. */
export function builtinWorkload(name: string): LoadedWorkload {
  const builtin = BUILTINS.find((one) => one.name === name);
  if (builtin === undefined) throw new Error(`no built-in workload: ${name}`);
  return ofScript(builtin, ".");
}

/**
 * Finds and loads a workload.
 *
 * @throws {UserError} There is none of this name.
 * @throws {TraceError} It is not as it must be.
 */
export async function loadWorkload(word: string): Promise<LoadedWorkload> {
  if (BUILTIN_NAMES.includes(word)) return builtinWorkload(word);
  const ending = extname(word);
  if (ending === TRACE_ENDING) return loadTrace(word);
  if (SCRIPT_ENDINGS.includes(ending)) {
    return ofScript(await importScript(word), dirname(word));
  }
  if (isFile(word)) {
    throw new UserError(
      `Cannot run "${word}": the name of a trace ends in ${TRACE_ENDING}, ` +
        `that of a script in ${SCRIPT_ENDINGS.join(", ")}`,
    );
  }
  throw new UserError(
    `Cannot find workload "${word}"${didYouMean(word, BUILTIN_NAMES)}; ` +
      `it must be a trace, a script or one of ${BUILTIN_NAMES.join(", ")}`,
  );
}

/**
 * Reads and checks a trace, and that its files have not changed.
 *
 * @throws {TraceError} It is not as it must be.
 */
export function readTrace(path: string): { trace: Trace; files: FileBytes } {
  const trace = parseTrace(readText(path), path);
  const files = filesIn(dirname(path));
  checkFiles(trace, files, path);
  return { trace, files };
}

/** The workload that the command line asks for by its operand, or by images. */
export async function findWorkload(
  word: string | undefined,
  paths: readonly string[],
): Promise<LoadedWorkload> {
  if (word !== undefined && paths.length > 0) {
    throw new UserError(
      `Cannot run "${word}" and images at once: leave out one of them`,
    );
  }
  if (paths.length > 0) return loadImages(paths);
  if (word !== undefined) return await loadWorkload(word);
  throw new UserError(
    "Cannot run nothing: give a trace, a script, --image or one of " +
      BUILTIN_NAMES.join(", "),
  );
}

/** The workload in which each file is the memory of one guest. */
function loadImages(paths: readonly string[]): LoadedWorkload {
  const files = paths.map((path) => ({ path, bytes: readBytes(path).length }));
  return ofScript(images(files), ".");
}

function loadTrace(path: string): LoadedWorkload {
  const { trace, files } = readTrace(path);
  const folder = dirname(path);
  const nodes = nodesOf(trace.format);
  const open = () => openTrace(trace);
  return { name: trace.name, origin: trace, folder, files, nodes, open };
}

function ofScript(workload: Workload, folder: string): LoadedWorkload {
  const open = (seed: number) => openWorkload(workload, { seed });
  const files = filesIn(folder);
  const { name, nodes } = workload;
  return { name, origin: workload, folder, files, nodes, open };
}

/**
 * Real bytes: each file is the memory of one guest.
 *
 * @module
 */
import { quote } from "../nearest.ts";
import { PAGE_BYTES } from "../pattern.ts";
import { workload } from "../script.ts";
import type { Workload } from "../script.ts";
import { TraceError } from "../trace_error.ts";

/** A file that becomes a guest's memory. */
export interface ImageFile {
  /** Its path, as {@linkcode FileBytes} knows it. */
  readonly path: string;
  /** Its length. */
  readonly bytes: number;
}

/**
 * The workload of some files: each is the memory of a guest that has the
 * file's name. A further file of the same name gets a number.
 *
 * @example
 * ```ts
 * import { images, opsOf } from "ksmscope";
 * import assert from "node:assert/strict";
 *
 * const twice = images([
 *   { path: "a/disk.img", bytes: 5000 },
 *   { path: "b/disk.img", bytes: 4096 },
 * ]);
 * const guests = opsOf(twice, 1).filter((op) => op.op === "mmap");
 * assert.deepEqual(
 *   guests.map(({ proc, pages }) => [proc, pages]),
 *   [["disk.img", 2], ["disk.img-2", 1]],
 * );
 * ```
 *
 * @throws {TraceError} There is no file, or one is empty.
 */
export function images(files: readonly ImageFile[]): Workload {
  const empty = files.find(({ bytes }) => bytes === 0);
  if (files.length === 0 || empty !== undefined) {
    throw new TraceError(
      "images",
      empty === undefined
        ? "Cannot make guests of no files: at least one is needed"
        : `Cannot make a guest of ${quote(empty.path)}: the file is empty`,
    );
  }
  const names = guestNames(files.map(({ path }) => path));
  return workload("images", function* (box) {
    for (const [n, { path, bytes }] of files.entries()) {
      const pages = Math.ceil(bytes / PAGE_BYTES);
      const guest = box.process(names[n]);
      const image = guest.mmap("image", pages, { mergeable: true });
      image.fill({ kind: "file", path });
    }
    yield* box.scanPasses(3);
    box.sample("merged");
    yield* box.scanPasses(7);
    box.sample("settled");
  }, { title: names.join(", ") });
}

/** The files' own names, made unique. */
function guestNames(paths: readonly string[]): string[] {
  const taken = new Set<string>();
  return paths.map((path) => {
    const base = path.split(/[\\/]/).findLast((part) => part !== "") ?? path;
    let name = base;
    for (let n = 2; taken.has(name); n++) name = `${base}-${n}`;
    taken.add(name);
    return name;
  });
}

/**
 * The places in the code that take locks, and what is counted at each.
 *
 * @module
 */
import { keepAll, keepList, type Kept } from "../../engine/lib/kept.ts";
import type { LockMode } from "../../engine/lib/lock.ts";
import { LOCK_CLASSES } from "../../engine/lib/lock.ts";
import { FigureRows } from "./figure_rows.ts";

/**
 * Sites by number. One is a place that takes locks of one class in one mode; its
 * number is that of its row of {@linkcode LockSites.figures}.
 */
export class LockSites {
  /** Name of each, as `function:what`. */
  readonly names: string[] = [];
  /** Which class each takes: its index. */
  readonly classes: number[] = [];
  /** How each takes it. */
  readonly modes: LockMode[] = [];
  /** What is counted at each. */
  readonly figures: FigureRows = new FigureRows();

  readonly #numbers: Map<string, number>[] = LOCK_CLASSES.flatMap(() => [
    new Map(),
    new Map(),
  ]);
  /** The site that was asked for last, of each class and mode: mostly the next one too. */
  readonly #lastNames: string[] = LOCK_CLASSES.flatMap(() => ["", ""]);
  readonly #lastNumbers: number[] = LOCK_CLASSES.flatMap(() => [0, 0]);

  /** The number of a site. */
  number(classIndex: number, mode: LockMode, name: string): number {
    const kind = kindOf(classIndex, mode);
    if (this.#lastNames[kind] === name) return this.#lastNumbers[kind];
    const number = this.#numbers[kind].get(name) ??
      this.#add(kind, classIndex, mode, name);
    this.#lastNames[kind] = name;
    this.#lastNumbers[kind] = number;
    return number;
  }

  /** The sites that take locks of a class, and in `mode` if given, in the order of their first use. */
  of(classIndex: number, mode?: LockMode): number[] {
    const found: number[] = [];
    for (let site = 0; site < this.names.length; site++) {
      if (this.classes[site] !== classIndex) continue;
      if (mode === undefined || this.modes[site] === mode) found.push(site);
    }
    return found;
  }

  /** All sites, and what is counted at them. */
  keep(): Kept {
    const restore = () => {
      for (const numbers of this.#numbers) numbers.clear();
      for (let site = 0; site < this.names.length; site++) {
        const kind = kindOf(this.classes[site], this.modes[site]);
        this.#numbers[kind].set(this.names[site], site);
      }
    };
    return keepAll([
      keepList(this.names),
      keepList(this.classes),
      keepList(this.modes),
      keepList(this.#lastNames),
      keepList(this.#lastNumbers),
      this.figures.keep(),
      { bytes: 0, restore },
    ]);
  }

  #add(
    kind: number,
    classIndex: number,
    mode: LockMode,
    name: string,
  ): number {
    const number = this.figures.add();
    this.names.push(name);
    this.classes.push(classIndex);
    this.modes.push(mode);
    this.#numbers[kind].set(name, number);
    return number;
  }
}

/** Sites are numbered by class and mode. */
function kindOf(classIndex: number, mode: LockMode): number {
  return classIndex * 2 + (mode === "exclusive" ? 0 : 1);
}

/**
 * Locks as lines: one for each class and way to hold it, as lock_stat has them,
 * or one for each contended lock that people know by a name.
 *
 * @module
 */
import type {
  LockClassView,
  LockFigures,
  LockInstanceView,
  LocksView,
  LockWaitView,
} from "../observe/snapshot.ts";

/** How a lock is held. */
export type LockMode = LockWaitView["mode"];

/** One line of lock_stat. */
export interface ClassLine {
  /** The class. */
  readonly lockClass: LockClassView;
  /** How its locks are held. */
  readonly mode: LockMode;
  /** What was counted. */
  readonly figures: LockFigures;
}

/** One line of the panel. */
export interface LockLine {
  /** The class. */
  readonly lockClass: LockClassView;
  /** How its locks are held. */
  readonly mode: LockMode;
  /** Which lock of the class; empty for all of them. */
  readonly which: string;
  /** How often an actor had to wait. */
  readonly contentions: number;
  /** All waits together. */
  readonly waitTotalNanos: number;
  /** The longest wait; missing where it is not known. */
  readonly waitMaxNanos?: number;
  /** How often the lock was taken. */
  readonly acquisitions: number;
  /** All holds together. */
  readonly holdTotalNanos: number;
  /** Who waits now, longest wait first. */
  readonly waits: readonly LockWaitView[];
}

/** What stands in place of a name for the locks that have no line of their own. */
const OTHERS = "others";

/** A class by the word that people use: `mmap_lock` for `&mm->mmap_lock`, `anon_vma` for its rwsem. */
export function shortName(name: string): string {
  const [, owner = "", member = ""] = /^&(\w+)->(\w+)$/.exec(name) ?? [];
  if (owner === "") return name;
  return member === "rwsem" ? owner : member;
}

/** How a lock is held, in one letter; empty where there is but one way. */
export function modeLetter({ shared }: LockClassView, mode: LockMode): string {
  if (shared === undefined) return "";
  return mode === "shared" ? "R" : "W";
}

/** The name of a line in lock_stat. */
export function lockStatName({ lockClass, mode }: ClassLine): string {
  const letter = modeLetter(lockClass, mode);
  return letter === "" ? lockClass.name : `${lockClass.name}-${letter}`;
}

/** Words with a space between them, but for those that there are not. */
function wordsOf(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" ");
}

/** A lock in few words, such as `mmap_lock R vm-b`. */
export function lockWords(
  lockClass: LockClassView,
  mode: LockMode,
  which: string,
): string {
  const name = shortName(lockClass.name);
  return wordsOf([name, modeLetter(lockClass, mode), which]);
}

/** The same in fewer words: a class that ends in `_lock` without it. */
export function fewerLockWords(
  lockClass: LockClassView,
  mode: LockMode,
  which: string,
): string {
  const name = shortName(lockClass.name).replace(/_lock$/, "");
  return wordsOf([name, modeLetter(lockClass, mode), which]);
}

/** Classes whose locks are numbered like the address spaces that they are of. */
const MM_CLASSES: readonly string[] = ["&mm->mmap_lock", "page_table_lock"];

/** Which lock of a class it is: its name, what its number counts, or nothing where it is the only one. An address space without a name is gone. */
export function whichLock(
  lockClass: string,
  { instance, name }: Pick<LockInstanceView, "instance" | "name">,
): string {
  if (name !== "") return name;
  if (instance === 0) return "";
  return MM_CLASSES.includes(lockClass)
    ? `exited, mm ${instance}`
    : `${shortName(lockClass)} ${instance}`;
}

/** A total in equal parts; missing where there is none. */
export function averageOf(total: number, count: number): number | undefined {
  return count === 0 ? undefined : total / count;
}

/** The ways in which locks of a class are held, with what was counted: writers first. */
function linesOf(lockClass: LockClassView): ClassLine[] {
  const { exclusive, shared } = lockClass;
  const line: ClassLine = { lockClass, mode: "exclusive", figures: exclusive };
  if (shared === undefined) return [line];
  return [line, { lockClass, mode: "shared", figures: shared }];
}

/** Longer waits first, then more of them; the others stay in their order. */
function byWaits(
  one: Pick<LockFigures, "waitTotalNanos" | "contentions">,
  other: Pick<LockFigures, "waitTotalNanos" | "contentions">,
): number {
  return other.waitTotalNanos - one.waitTotalNanos ||
    other.contentions - one.contentions;
}

/** Those for which somebody waits now, then the others, each in their order. */
function waitedForFirst<Line>(
  lines: readonly Line[],
  waits: (line: Line) => readonly LockWaitView[],
): Line[] {
  const isWaitedFor = (line: Line): boolean => waits(line).length > 0;
  return [
    ...lines.filter(isWaitedFor),
    ...lines.filter((line) => !isWaitedFor(line)),
  ];
}

/** Every line of lock_stat: those that somebody waits for now first, then the longest total wait. */
export function classLines(locks: LocksView): ClassLine[] {
  const lines = locks.classes.flatMap(linesOf)
    .toSorted((one, other) => byWaits(one.figures, other.figures));
  return waitedForFirst(lines, (line) => waitsOn(locks, line));
}

/** Who waits for a lock of a line now. */
export function waitsOn(
  { waiting }: LocksView,
  { lockClass, mode }: Pick<ClassLine, "lockClass" | "mode">,
): LockWaitView[] {
  return waiting.filter((wait) =>
    wait.lockClass === lockClass.name && wait.mode === mode
  );
}

/** What was counted on one lock of a line. */
export function instanceFigures(
  { mode }: Pick<ClassLine, "mode">,
  instance: LockInstanceView,
): LockFigures | undefined {
  return mode === "shared" ? instance.shared : instance.exclusive;
}

/** A lock of a class that was waited for. */
export interface ContendedLock {
  /** The lock. */
  readonly instance: LockInstanceView;
  /** What was counted on it, held as the line says. */
  readonly figures: LockFigures;
}

/** The locks of a line that were waited for, the longest total wait of that line first: the class has them by what both of its lines amount to. */
export function contendedLocks(line: ClassLine): ContendedLock[] {
  return line.lockClass.instances.flatMap((instance): ContendedLock[] => {
    const figures = instanceFigures(line, instance);
    if (figures === undefined || figures.contentions === 0) return [];
    return [{ instance, figures }];
  }).toSorted((one, other) => byWaits(one.figures, other.figures));
}

/** The lines of the contended locks that have names; pages are too many for lines of their own. */
function namedLines(
  line: ClassLine,
  waits: readonly LockWaitView[],
): LockLine[] {
  const { lockClass, mode } = line;
  if (lockClass.kind === "bit lock") return [];
  return lockClass.instances.flatMap((one): LockLine[] => {
    const figures = instanceFigures(line, one);
    const waitsHere = waits.filter(({ instance }) => instance === one.instance);
    if (one.name === "" || figures === undefined) return [];
    if (figures.contentions === 0 && waitsHere.length === 0) return [];
    return [{
      ...figures,
      lockClass,
      mode,
      which: one.name,
      waits: waitsHere,
    }];
  });
}

/** What is left of a line when the locks with lines of their own are taken away. */
function remainder(
  { lockClass, mode, figures }: ClassLine,
  waits: readonly LockWaitView[],
  named: readonly LockLine[],
): LockLine {
  const rest = (figure: (line: LockFigures | LockLine) => number): number =>
    named.reduce((left, line) => left - figure(line), figure(figures));
  const { waitMaxNanos } = figures;
  const longest = Math.max(0, ...named.map((line) => line.waitMaxNanos ?? 0));
  return {
    lockClass,
    mode,
    which: named.length === 0 ? "" : OTHERS,
    contentions: rest(({ contentions }) => contentions),
    waitTotalNanos: rest(({ waitTotalNanos }) => waitTotalNanos),
    ...(longest < waitMaxNanos || named.length === 0 ? { waitMaxNanos } : {}),
    acquisitions: rest(({ acquisitions }) => acquisitions),
    holdTotalNanos: rest(({ holdTotalNanos }) => holdTotalNanos),
    waits: waits.filter((wait) =>
      !named.some((line) => line.waits.includes(wait))
    ),
  };
}

/**
 * The lines of the panel: those that somebody waits for now first, then the
 * longest total wait. A contended lock with a name has its own line, unless it
 * is a page's; those of its class without one are counted together, where
 * anybody waited for them. What was never taken is left out.
 */
export function panelLines(locks: LocksView): LockLine[] {
  const lines = locks.classes.flatMap(linesOf).flatMap((line) => {
    const waits = waitsOn(locks, line);
    const { acquisitions, contentions } = line.figures;
    if (acquisitions + contentions + waits.length === 0) return [];
    const named = namedLines(line, waits);
    const rest = remainder(line, waits, named);
    const counts = rest.contentions > 0 || rest.waits.length > 0;
    return named.length === 0 || counts ? [...named, rest] : named;
  }).toSorted(byWaits);
  return waitedForFirst(lines, ({ waits }) => waits);
}

/** All locks in three figures. */
export interface LockTotals {
  /** How often an actor had to wait. */
  readonly contentions: number;
  /** All waits together. */
  readonly waitTotalNanos: number;
  /** How many wait now. */
  readonly waiting: number;
}

/** What all locks together amount to. */
export function lockTotals({ classes, waiting }: LocksView): LockTotals {
  const figures = classes.flatMap(linesOf).map((line) => line.figures);
  const sum = (figure: (one: LockFigures) => number): number =>
    figures.reduce((total, one) => total + figure(one), 0);
  return {
    contentions: sum(({ contentions }) => contentions),
    waitTotalNanos: sum(({ waitTotalNanos }) => waitTotalNanos),
    waiting: waiting.length,
  };
}

/** How many lines lock_stat has for these locks; it does not change while a machine runs. */
export function lineCount(locks: LocksView | undefined): number {
  return locks === undefined ? 0 : locks.classes.flatMap(linesOf).length;
}

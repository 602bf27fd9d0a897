/**
 * Lock figures in samples: totals since the start of the run.
 *
 * @module
 */
import { LOCK_CLASSES } from "../machine/locks_view.ts";
import type { LockClassView, LockFigures, LocksView } from "./snapshot.ts";

/** A figure under its name in lock_stat, with the unit at the end. */
interface FigureName {
  readonly name: string;
  readonly field: keyof LockFigures;
  /** Whether it has a column where there is one for each lock class. */
  readonly isColumn: boolean;
}

/** The columns of lock_stat, without averages, which follow from the others. */
const FIGURES: readonly FigureName[] = [
  { name: "con_bounces", field: "conBounces", isColumn: false },
  { name: "contentions", field: "contentions", isColumn: true },
  { name: "waittime_min_ns", field: "waitMinNanos", isColumn: false },
  { name: "waittime_max_ns", field: "waitMaxNanos", isColumn: false },
  { name: "waittime_total_ns", field: "waitTotalNanos", isColumn: true },
  { name: "acq_bounces", field: "acqBounces", isColumn: false },
  { name: "acquisitions", field: "acquisitions", isColumn: true },
  { name: "holdtime_min_ns", field: "holdMinNanos", isColumn: false },
  { name: "holdtime_max_ns", field: "holdMaxNanos", isColumn: false },
  { name: "holdtime_total_ns", field: "holdTotalNanos", isColumn: true },
];

/** One number of a table of samples. */
interface LockColumn {
  readonly name: string;
  readonly read: (locks: LocksView) => number | undefined;
}

const COLUMNS: readonly LockColumn[] = LOCK_CLASSES.flatMap(
  ({ name, kind, inLockStat }) => {
    const word = name.replaceAll(/\W+/g, "_").replace(/^_/, "");
    const prefix = inLockStat ? word : `ksmscope_${word}`;
    const modes = kind === "rwsem"
      ? ["exclusive", "shared"] as const
      : ["exclusive"] as const;
    return modes.flatMap((mode) =>
      FIGURES.filter(({ isColumn }) => isColumn).map((figure) => ({
        name: (kind === "rwsem" ? [prefix, mode] : [prefix])
          .concat(figure.name).join("_"),
        read: ({ classes }: LocksView) =>
          classes.find((each) => each.name === name)?.[mode]?.[figure.field],
      }))
    );
  },
);

/**
 * Names of the columns of all lock classes, such as
 * `mm_mmap_lock_shared_waittime_total_ns`; those of classes that the kernel's
 * lock_stat does not have begin with `ksmscope_`.
 */
export const LOCK_COLUMN_NAMES: readonly string[] = COLUMNS.map(({ name }) =>
  name
);

/** What stands in those columns; empty texts where locks cannot be seen. */
export function lockCells(locks: LocksView | undefined): (number | string)[] {
  return COLUMNS.map(({ read }) => (locks && read(locks)) ?? "");
}

/** The figures of all classes by the name of the class, for JSON. */
export function lockObjects({ classes }: LocksView): object {
  return Object.fromEntries(
    classes.map((each) => [each.name, classObject(each)]),
  );
}

function classObject({ isOurs, exclusive, shared }: LockClassView): object {
  return {
    ...(isOurs && { ours: true }),
    exclusive: figuresObject(exclusive),
    ...(shared && { shared: figuresObject(shared) }),
  };
}

function figuresObject(figures: LockFigures): object {
  return Object.fromEntries(
    FIGURES.map(({ name, field }) => [name, figures[field]]),
  );
}

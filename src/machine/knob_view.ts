/**
 * What would come of a write to a knob.
 *
 * @module
 */

/** Why sysfs refuses a text. */
export type KnobRefusal =
  /** There is no such file. */
  | "no-such-knob"
  /** No number, as sysfs spells it. */
  | "not-a-number"
  /** A number, but not one that the knob takes. */
  | "out-of-range"
  /** No boolean. */
  | "not-a-boolean"
  /** No name of a mode. */
  | "no-such-mode"
  /** `pages_to_scan` belongs to the advisor while that is on. */
  | "advisor-on"
  /** The knob changes the meaning of the stable tree, in which there are pages that somebody shares. */
  | "pages-shared"
  /** Nothing is counted as shared, but there is a KSM page that somebody still maps, such as a forked child. */
  | "pages-mapped";

/** What would come of a write to a knob; nothing has been written. */
export type KnobCheck =
  /** The text would be taken. */
  | {
    readonly outcome: "accepted";
    /** What a read would show afterwards. */
    readonly value: string;
    /** Whether that is what it shows now. */
    readonly isSame: boolean;
  }
  /** It would be refused. */
  | {
    readonly outcome: "refused";
    /** The error number. */
    readonly errno: number;
    /** Its name, such as `EBUSY`. */
    readonly name: "EINVAL" | "EBUSY" | "ERANGE" | "ENOENT";
    /** Why. */
    readonly why: KnobRefusal;
    /** What is valid, in words; empty for an unknown knob. */
    readonly valid: string;
  };

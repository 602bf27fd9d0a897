/**
 * What would come of a write to a knob.
 *
 * The write is done for trial, by the very code that does it, on a KSM with the
 * same knobs and nothing else; whether pages are in its way is looked up apart.
 *
 * @module
 */
import { alone } from "../lib/alone.ts";
import { Memory } from "../mm/memory.ts";
import { pageOf } from "./equal_pages.ts";
import { knobNamed, writeKnob } from "./knob_table.ts";
import { ERRNO } from "./knobs.ts";
import { Ksm, type KsmClock } from "./ksm.ts";
import { parseUlong } from "./sysfs_text.ts";

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

/** What would come of writing `text` to a knob now, once nobody else writes one and no memory goes offline. Changes nothing. */
export function checkKnob(ksm: Ksm, sysfs: string, text: string): KnobCheck {
  const knob = knobNamed(sysfs);
  if (knob === undefined) {
    return {
      outcome: "refused",
      errno: ENOENT,
      name: "ENOENT",
      why: "no-such-knob",
      valid: "",
    };
  }
  const trial = new Ksm(new Memory(), STOPPED_CLOCK);
  Object.assign(trial.knobs, ksm.knobs, { offlining: false });
  const before = knob.read(trial.knobs);
  const errno = alone.run(writeKnob(trial, knob, text));
  const { valid } = knob;
  if (errno !== ERRNO.ok) {
    const name = errno === ERRNO.erange ? "ERANGE" : "EINVAL";
    const why = refusalOf(ksm, sysfs, text);
    return { outcome: "refused", errno, name, why, valid };
  }
  const value = knob.read(trial.knobs);
  const isSame = value === before;
  const why = isSame || !NEEDS_EMPTY_TREE.includes(sysfs)
    ? undefined
    : hindrance(ksm);
  return why === undefined
    ? { outcome: "accepted", value, isSame }
    : { outcome: "refused", errno: ERRNO.ebusy, name: "EBUSY", why, valid };
}

/** No such file; comes from the file system and not from a knob. */
const ENOENT = 2;

/** The trial takes no time. */
const STOPPED_CLOCK: KsmClock = {
  nowMillis: () => 0,
  ksmdCpuNanos: () => 0n,
};

/** Knobs that are changed only while there is no KSM page. */
const NEEDS_EMPTY_TREE = ["max_page_sharing", "merge_across_nodes"];

/** Why the text itself is refused. */
function refusalOf({ knobs }: Ksm, sysfs: string, text: string): KnobRefusal {
  switch (sysfs) {
    case "advisor_mode":
      return "no-such-mode";
    case "smart_scan":
    case "use_zero_pages":
      return "not-a-boolean";
    case "pages_to_scan":
      if (knobs.advisorMode !== "none") return "advisor-on";
  }
  const isNumber = parseUlong(text.replace(/^-/, "")) !== "malformed";
  return isNumber ? "out-of-range" : "not-a-number";
}

/** Which pages keep the stable trees from being emptied. */
function hindrance(ksm: Ksm): KnobRefusal | undefined {
  if (ksm.pagesShared > 0) return "pages-shared";
  for (const node of ksm.nodes.each()) {
    const frame = pageOf(ksm, node);
    if (frame !== 0 && ksm.frames.mapcount[frame] > 0) return "pages-mapped";
  }
  return undefined;
}

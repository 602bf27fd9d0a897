/**
 * Random writes to KSM's knobs: ordinary values, and texts at the edge of what
 * they take.
 *
 * @module
 */
import type { KnobOp } from "../../src/workload/mod.ts";
import { KNOB_NAMES } from "../../src/workload/knob_names.ts";
import type { Dice } from "./dice.ts";
import type { Profile } from "./random_profiles.ts";

/** Knobs that a trace changes while pages merge, with values that keep it small. */
const ORDINARY: Readonly<Record<string, readonly string[]>> = {
  pages_to_scan: ["0", "1", "2", "3", "7", "10", "25", "100", "4294967295"],
  sleep_millisecs: ["0", "20", "1000"],
  smart_scan: ["0", "1"],
  max_page_sharing: ["2", "3", "4", "5", "8", "256"],
  use_zero_pages: ["0", "1"],
  merge_across_nodes: ["0", "1"],
  stable_node_chains_prune_millisecs: ["0", "3600000"],
};

/** Texts that some knob takes and another refuses. */
const TEXTS: readonly string[] = [
  ...["", " ", "\n", " 1", "1 ", "\t1", "1\t", "1\n", "1\n1", "1\n\n", "\r1"],
  ...["+1", "+3", "++3", "+", "-", "-0", "-1", "-2147483648", "-2147483649"],
  ...["007", "0", "1", "2", "10", "0x1", "0x10", "0b1", "1e3", "1_0", "1,5"],
  ...["2147483647", "2147483648", "4294967295", "4294967296", "4294967297"],
  ...["9223372036854775808", "18446744073709551615", "18446744073709551616"],
  ...["99999999999999999999999", "-99999999999999999999999"],
  ...["+18446744073709551615", "+18446744073709551616", "12a", "a", "½", "１"],
  ...["y", "Yes", "t", "T", "n", "No", "f", "on", "oN", "of", "OFF", "o", "ox"],
  ...[
    "none",
    "scan-time",
    "none ",
    " none",
    "[none]",
    "scan",
    "none\n",
    "NONE",
  ],
  ...["1\u0000", "\u00001", "1\u0000x", "none\u0000", "é", "1é"],
  ...["0".repeat(300) + "7", "0".repeat(5000) + "1", "1".repeat(5000)],
];

/** Numbers at which the advisor's arithmetic turns. */
const ADVISOR_NUMBERS: Readonly<Record<string, readonly string[]>> = {
  advisor_max_cpu: ["0", "1", "70", "100", "4294967295", "4294967297"],
  advisor_max_pages_to_scan: ["0", "1", "50", "1000", "30000", "4294967300"],
  advisor_target_scan_time: [
    ...["1", "2", "200", "10000", "42949673", "4294967296"],
    ...["184467440737095516", "184467440737095517", "18446744073709551615"],
  ],
};

/** Values to start with; the kernel shifts away all but 32 bits of the last. */
const ADVISOR_MINIMA = ["0", "1", "10", "300", "4294967297", "4294967296"];

/** A knob set to an ordinary value. */
export function ordinaryKnob(dice: Dice): KnobOp {
  const name = dice.pick(Object.keys(ORDINARY));
  return { op: "knob", name, value: dice.pick(ORDINARY[name]) };
}

/** The knobs that a trace begins with. */
export function firstKnobs(
  dice: Dice,
  { sharing, prune }: Profile,
): KnobOp[] {
  const knob = (name: string, values: readonly string[]): KnobOp => ({
    op: "knob",
    name,
    value: dice.pick(values),
  });
  return [
    knob("stable_node_chains_prune_millisecs", prune),
    knob("pages_to_scan", ["1", "3", "7", "10", "25", "100"]),
    knob("smart_scan", ["0", "1"]),
    knob("max_page_sharing", sharing),
    knob("use_zero_pages", ["0", "1"]),
    knob("merge_across_nodes", ["1", "1", "1", "0"]),
  ];
}

/**
 * An odd text for a knob. The traces have no clock, so an interval that is
 * neither 0 nor very long must go at once; and the advisor stays off.
 */
export function oddKnob(dice: Dice): KnobOp[] {
  const name = dice.pick(KNOB_NAMES);
  const odd: KnobOp = { op: "knob", name, value: dice.pick(TEXTS) };
  switch (name) {
    case "stable_node_chains_prune_millisecs":
      return [odd, { ...odd, value: dice.pick(ORDINARY[name]) }];
    case "advisor_mode":
      return odd.value.startsWith("scan-time") ? [] : [odd];
    default:
      return [odd];
  }
}

/** A knob of the advisor set while it is on. */
export function advisorKnob(dice: Dice): KnobOp {
  const name = dice.pick(Object.keys(ADVISOR_NUMBERS));
  return { op: "knob", name, value: dice.pick(ADVISOR_NUMBERS[name]) };
}

/** What switches the advisor on between two passes, or off again. */
export function advisorSwitch(dice: Dice): KnobOp[] {
  return [
    {
      op: "knob",
      name: "advisor_min_pages_to_scan",
      value: dice.pick(ADVISOR_MINIMA),
    },
    { op: "knob", name: "advisor_mode", value: "scan-time" },
  ];
}

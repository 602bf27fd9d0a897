/**
 * The knobs that a workload may write.
 *
 * @module
 */

/** Names of the files that can be written, as in sysfs. Whether a value is taken is the machine's answer. */
export const KNOB_NAMES: readonly string[] = [
  "run",
  "pages_to_scan",
  "sleep_millisecs",
  "smart_scan",
  "max_page_sharing",
  "use_zero_pages",
  "merge_across_nodes",
  "stable_node_chains_prune_millisecs",
  "advisor_mode",
  "advisor_max_cpu",
  "advisor_min_pages_to_scan",
  "advisor_max_pages_to_scan",
  "advisor_target_scan_time",
];

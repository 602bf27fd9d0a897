/**
 * sysfs spellings stay in the tables of counters and knobs.
 *
 * @module
 */
import { COUNTERS } from "../../../src/engine/ksm/counters.ts";
import { KNOB_NAMES } from "../../../src/workload/knob_names.ts";

/**
 * Where KSM's files are listed: the two tables of the engine, and the built-in
 * workloads, which set knobs as a user does.
 */
const TABLES =
  /(?:^|\/)src\/(?:engine\/ksm\/(?:counters|knobs)|workload\/builtin)\b/;

/** KSM's files in sysfs and procfs that are not plain words as `run` is. */
const SPELLINGS: ReadonlySet<string> = new Set([
  ...COUNTERS.map(({ sysfs }) => sysfs),
  ...KNOB_NAMES.filter((name) => name.includes("_")),
  ...["ksm_rmap_items", "ksm_merging_pages", "ksm_process_profit"],
  ...["ksm_merge_any", "ksm_mergeable"],
]);

/**
 * Refuses sysfs spellings as names of variables and properties in `src`, out of
 * the tables. Text that holds them is data, and free: an error message, a
 * knob's name that is looked up in the table.
 */
export const sysfsSpelling: Deno.lint.Rule = {
  create(ctx) {
    const path = ctx.filename.replaceAll("\\", "/");
    if (!/(?:^|\/)src\//.test(path) || TABLES.test(path)) return {};
    const refuse = (node: Deno.lint.Node, name: string) => {
      const message = `${name} is spelled as in sysfs; use the table's field`;
      ctx.report({ node, message });
    };
    return {
      Identifier(node) {
        if (SPELLINGS.has(node.name)) refuse(node, node.name);
      },
      Literal(node) {
        const { value, parent } = node;
        if (typeof value !== "string" || !SPELLINGS.has(value)) return;
        const isKey = "key" in parent && parent.key?.range[0] === node.range[0];
        if (isKey) refuse(node, value);
      },
    };
  },
};

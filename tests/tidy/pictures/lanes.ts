/**
 * The README's schedule as lanes.
 *
 * @module
 */
import { printSchedule } from "../../../src/cli/explore/schedule_print.ts";
import { parsePlace, tell } from "../../../src/explorer/mod.ts";
import { between } from "../fidelity/tables.ts";

/** A look-up without the look after pinning, whose frame gets another owner. */
const SCHEDULE = "unmap/no-check-after-pin/1:ab5c9a2";

const PAGE = { columns: 80, ascii: false, color: false };

/** A README in which the schedule is as `explore --replay` prints it. */
export function withLanes(readme: string): string {
  const place = parsePlace(SCHEDULE);
  const lanes = printSchedule(place, tell(place), PAGE);
  return between(readme, "lanes", `\`\`\`text\n${lanes}\`\`\``);
}

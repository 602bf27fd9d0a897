/** Writes the tables of what is modelled, of the knobs, of the keys, of costs, and pictures into README.md. */
import { withCosts } from "../../costs/costs_table.ts";
import { predictAll } from "../../costs/prediction.ts";
import { withLanes } from "../pictures/lanes.ts";
import { withScreens } from "../pictures/screens.ts";
import { pathOf, readSources } from "../sources.ts";
import { LEFT_OUT } from "./left_out.ts";
import { readModels } from "./models.ts";
import { withKeys, withKnobs, withTables } from "./tables.ts";

const readme = pathOf("README.md");
const { models, breaches } = readModels(readSources("src/engine/"));
for (const { place, message } of breaches) console.error(`${place} ${message}`);
if (breaches.length > 0) Deno.exit(1);
const before = Deno.readTextFileSync(readme);
Deno.writeTextFileSync(
  readme,
  withCosts(
    withScreens(
      withLanes(withKeys(withKnobs(withTables(before, models, LEFT_OUT)))),
    ),
    predictAll(),
  ),
);

/** Prints the prices of ksmd's work that fit what was measured, for `src/machine/costs.ts`. */
import { PRICES } from "../../src/machine/costs.ts";
import { fitPrices, FITTED } from "../costs/fit.ts";

fitPrices().forEach((nanos, at) => {
  const { cost, part } = FITTED[at];
  const now = PRICES[cost][part];
  console.log(
    `${cost} ${part}`.padEnd(24),
    nanos.toPrecision(3),
    `(${now} now)`,
  );
});

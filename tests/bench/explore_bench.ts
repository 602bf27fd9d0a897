/**
 * How fast the explorer is: schedules and steps a second, of today's protocol in
 * each scenario.
 *
 * A schedule's steps that an earlier one has made, too, are not counted, though
 * they are made again.
 */
import { outcomesOf, SCENARIOS } from "../../src/explorer/mod.ts";

const REPETITIONS = 3;

/** Seconds that one scenario is searched for at least, again and again. */
const SECONDS = 0.5;

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

console.log(
  `Medians of ${REPETITIONS} runs: the first of each scenario's variants, every order.\n`,
);
console.log(
  "scenario          variant           schedules      steps  schedules/s    steps/s",
);
for (const { name, cases, variants: [variant] } of SCENARIOS) {
  const runs = Array.from({ length: REPETITIONS }, () => {
    let schedules = 0;
    let steps = 0;
    let rounds = 0;
    const start = performance.now();
    let seconds = 0;
    while (seconds < SECONDS) {
      for (const each of cases) {
        const result = outcomesOf(each, variant);
        schedules += result.schedules;
        steps += result.steps;
      }
      rounds++;
      seconds = (performance.now() - start) / 1000;
    }
    return { schedules, steps, rounds, seconds };
  });
  const [{ schedules, steps, rounds }] = runs;
  const perSecond = (count: (run: typeof runs[number]) => number) =>
    median(runs.map((run) => count(run) / run.seconds)).toFixed(0);
  console.log(
    [
      name.padEnd(16),
      variant.name.padEnd(15),
      String(schedules / rounds).padStart(11),
      String(steps / rounds).padStart(9),
      perSecond((run) => run.schedules).padStart(11),
      perSecond((run) => run.steps).padStart(9),
    ].join("  "),
  );
}

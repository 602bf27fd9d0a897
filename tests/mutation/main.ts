/**
 * Breaks one rule of KSM at a time in a copy of the engine, and shows that the
 * recorded traces notice, or `explore` where the rule is about a race. Exits with 1
 * if a mutant survives or does not apply any more. Arguments choose mutants whose
 * rules contain one of them.
 */
import { type Mutant, MUTANTS, RACE_MUTANTS, UNSEEN } from "./mutants/mod.ts";
import { type Outcome, Sandbox } from "./sandbox.ts";
import { explore, replayTraces, type Trial } from "./trials.ts";

const PROCESSES = 2;

const chosen = [...MUTANTS, ...RACE_MUTANTS].filter(({ rule }) =>
  Deno.args.length === 0 || Deno.args.some((part) => rule.includes(part))
);
const queue = [...chosen];
const outcomes = new Map<Mutant, Outcome>();

function trialOf(mutant: Mutant): Trial {
  return RACE_MUTANTS.includes(mutant) ? explore : replayTraces;
}

async function work(): Promise<void> {
  const sandbox = await Sandbox.create();
  try {
    for (const trial of new Set(chosen.map(trialOf))) {
      const failure = await sandbox.check(trial);
      if (failure === undefined) continue;
      throw new Error(`Without any mutant, ${failure} fails`);
    }
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const outcome = await sandbox.try(next, trialOf(next));
      outcomes.set(next, outcome);
      console.log(`${describe(outcome).padEnd(40)} ${next.rule}`);
    }
  } finally {
    await sandbox.remove();
  }
}

function describe(outcome: Outcome): string {
  switch (outcome.kind) {
    case "killed":
      return `killed by ${outcome.by}`;
    case "survived":
      return "SURVIVED";
    case "stale":
      return `STALE: its text occurs ${outcome.occurrences} times`;
  }
}

await Promise.all(Array.from({ length: PROCESSES }, work));
const bad = chosen.filter((mutant) => outcomes.get(mutant)?.kind !== "killed");
const killed = chosen.length - bad.length;
console.log(`\n${killed} of ${chosen.length} mutants killed`);
for (const mutant of bad) {
  console.log(
    `  not killed: ${mutant.rule} (${mutant.section}), ${mutant.file}`,
  );
}
console.log("\nNo trace can hold these rules:");
for (const { rule, section, why } of UNSEEN) {
  console.log(`  ${rule} (${section}): ${why}`);
}
if (bad.length > 0) Deno.exit(1);

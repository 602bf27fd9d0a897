/** Random machines, run live: see `swarm/machine.ts`. `deno task soak` runs many more. */
import assert from "node:assert/strict";
import { drawOptions, KINDS, type SwarmOptions } from "./swarm/options.ts";
import { runSwarmMachine } from "./swarm/machine.ts";

/** Every run of the tests has the same machines; the deeper task draws others. */
const FIRST = 1;
const COUNT = 100;
const seeds = Array.from({ length: COUNT }, (_, i) => FIRST + i);

Deno.test("random machines read what they wrote, end every wait, and come to share what they would share alone", () => {
  const ends = new Map<string, number>();
  let contentions = 0;
  let sharing = 0;
  for (const seed of seeds) {
    try {
      const result = runSwarmMachine(seed);
      ends.set(result.end, (ends.get(result.end) ?? 0) + 1);
      contentions += result.contentions;
      sharing += result.mostSharing;
    } catch (error) {
      console.error(`deno task soak --seed ${seed} --count 1 runs it alone`);
      throw error;
    }
  }
  // Machines that do little would show little.
  assert.ok((ends.get("converged") ?? 0) >= 90, JSON.stringify([...ends]));
  assert.ok(contentions > 1000, `${contentions} waits`);
  assert.ok(sharing > 1000, `${sharing} pages`);
});

Deno.test("the same seed runs the same machine", () => {
  for (const seed of seeds.slice(0, 5)) {
    assert.deepEqual(runSwarmMachine(seed), runSwarmMachine(seed));
  }
});

Deno.test("all that can be drawn is drawn", () => {
  const all = seeds.map(drawOptions);
  const some = (has: (options: SwarmOptions) => boolean) => {
    const count = all.filter(has).length;
    assert.ok(count >= 3 && count < COUNT, `${count} of ${COUNT}: ${has}`);
  };
  for (const kind of KINDS) some(({ kinds }) => kinds.includes(kind));
  some(({ scheduler }) => scheduler === "random");
  some(({ scheduler }) => scheduler === "round robin");
  some(({ scheduler }) => scheduler === "timed");
  some(({ nodes }) => nodes === 2);
  some(({ threads }) => threads === 3);
  some(({ watched }) => watched);
  some(({ reader }) => reader);
  some(({ movers }) => movers.includes("compact"));
  some(({ movers }) => movers.includes("balance"));
  some(({ delays }) => delays.size > 0);
  some(({ administered }) => "run" in administered);
  some(({ administered }) => "offline" in administered);
  some(({ knobs }) => knobs.max_page_sharing === 2);
  some(({ knobs }) => knobs.use_zero_pages === 1);
  some(({ quiet }) => quiet === "rewrite");
  some(({ quiet }) => quiet === "unmerge");
  some(({ quiet }) => quiet === "leave");
});

import assert from "node:assert/strict";
import { LOCK_CLASS, LOCK_CLASSES } from "../../src/engine/lib/lock.ts";
import { EveryStep } from "../../src/engine/lib/step.ts";

const lock = { lockClass: LOCK_CLASS.folioLock, instance: 3 };

Deno.test("each lock class stands at its index", () => {
  LOCK_CLASSES.forEach(({ index }, place) => assert.equal(index, place));
});

Deno.test("where every step stops, it says what it is", () => {
  const steps = new EveryStep();
  const said = (stops: boolean | "stop") => {
    assert.ok(stops === true || stops === "stop");
    return steps.stop;
  };
  assert.deepEqual(
    [
      said(steps.lock(lock, "shared", "a")),
      said(steps.trylock(lock, "exclusive", "b")),
      said(steps.unlock(lock, "exclusive", "c")),
      said(steps.reschedule("d")),
      said(steps.spend("compare", 2, "e")),
      said(steps.race("f")),
      said(steps.wait("online", "g")),
      said(steps.signal("online", "h")),
      said(steps.relax("i")),
    ],
    [
      { kind: "lock", lock, mode: "shared", site: "a" },
      { kind: "trylock", lock, mode: "exclusive", site: "b" },
      { kind: "unlock", lock, mode: "exclusive", site: "c" },
      { kind: "reschedule", site: "d" },
      { kind: "spend", cost: "compare", amount: 2, site: "e" },
      { kind: "race", site: "f" },
      { kind: "wait", condition: "online", site: "g" },
      { kind: "signal", condition: "online", site: "h" },
      { kind: "relax", site: "i" },
    ],
  );
});

/** Files that are written only where there is none. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { saveNew } from "../../src/cli/files.ts";

Deno.test("a new file is written, and one that is there stays as it is", () => {
  const folder = Deno.makeTempDirSync();
  try {
    const path = join(folder, "a.txt");
    assert.deepEqual(saveNew(path, "first"), { kind: "written" });
    assert.deepEqual(saveNew(path, "second"), { kind: "taken" });
    assert.equal(Deno.readTextFileSync(path), "first");
    const nowhere = join(folder, "none", "b.txt");
    const refused = saveNew(nowhere, "x");
    assert.equal(refused.kind, "refused");
    assert.match(
      refused.kind === "refused" ? refused.why : "",
      /^Cannot write ".*b\.txt": there is no such file or folder$/,
    );
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test({
  name: "without the permission it says which one is missing",
  permissions: { write: false },
  fn: () => {
    assert.deepEqual(saveNew("a.txt", "x"), {
      kind: "refused",
      why: 'Cannot write "a.txt": deno run needs --allow-write=a.txt',
    });
  },
});

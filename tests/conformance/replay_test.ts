import assert from "node:assert/strict";
import { Granting } from "./granting.ts";
import { PENDING } from "./pending.ts";
import { names, problem, read } from "./traces.ts";

for (const name of names) {
  const subject = PENDING[name];
  if (subject === undefined) {
    Deno.test(`the engine answers ${name} as the kernel did`, () => {
      assert.equal(problem(name), undefined);
    });
  } else {
    Deno.test(`${name} is pending: ${subject}`, () => {
      assert.notEqual(
        problem(name),
        undefined,
        `${name} passes now: take it off the pending list`,
      );
    });
  }
}

Deno.test("every recording is of the trace that stands beside it", async () => {
  for (const name of names) {
    const bytes = new TextEncoder().encode(read("traces", name));
    const digest = await crypto.subtle.digest("SHA-256", bytes);
    const hex = Array.from(
      new Uint8Array(digest),
      (byte) => byte.toString(16).padStart(2, "0"),
    ).join("");
    assert.equal(JSON.parse(read("recordings", name)).trace_sha256, hex, name);
  }
});

Deno.test("every pending trace exists", () => {
  for (const name of Object.keys(PENDING)) {
    assert.ok(names.includes(name), `${name} is pending but not there`);
  }
});

Deno.test("with every step taken the answers are the same, and locks are in order", () => {
  const granting = new Granting();
  for (const name of names) {
    if (PENDING[name] === undefined && !name.startsWith("large")) {
      assert.equal(problem(name, { interpreter: granting }), undefined, name);
    }
  }
  for (const site of SITES) {
    assert.ok(granting.seen.has(site), `No step at ${site}`);
  }
});

/** Acquire points that section 18.2 of the reference names, and that these traces reach. */
const SITES = [
  "ksm_scan_thread:mutex",
  "run_store:mutex",
  "scan_get_next_rmap_item:first",
  "scan_get_next_rmap_item:next",
  "scan_get_next_rmap_item:mmap_lock",
  "get_mergeable_page:mmap_lock",
  "try_to_merge_with_ksm_page:mmap_lock",
  "try_to_merge_one_page:folio",
  "write_protect_page:pte",
  "replace_page:pte",
  "ksm_get_folio:trylock",
  "ksm_get_folio:lock",
  "cmp_and_merge_page:append",
  "cmp_and_merge_page:insert",
  "unmerge_and_remove_all_rmap_items:mmap_lock",
  "ksm_madvise:mmap_lock",
  "__ksm_enter:mmlist",
  "__ksm_exit:mmlist",
  "__ksm_exit:mmap_lock",
  "dup_mmap:mmap_lock",
  "break_ksm:pte",
  "handle_mm_fault:mmap_lock",
  "handle_mm_fault:pte",
  "ksm_next_page_pmd_entry:pte",
  "get_mergeable_page:pte",
  "unmerge_and_remove_all_rmap_items:first",
  "unmerge_and_remove_all_rmap_items:mmlist",
  "__anon_vma_prepare:anon_vma",
  "anon_vma_clone:anon_vma",
  "unlink_anon_vmas:anon_vma",
  "split_vma:anon_vma",
  "vma_merge:anon_vma",
  "move_page_tables:anon_vma",
  "copy_pte_range:pte",
  "move_ptes:pte",
  "change_pte_range:pte",
  "unmap_page_range:pte",
  "exit_mmap:mmap_lock",
  "munmap:mmap_lock",
  "mremap:mmap_lock",
  "mprotect:mmap_lock",
  "madvise_dontneed:mmap_lock",
  "prctl_memory_merge:mmap_lock",
];

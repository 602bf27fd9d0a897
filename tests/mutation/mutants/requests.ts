/**
 * Rules of what one asks KSM for: knobs, run, madvise, prctl, the advisor.
 *
 * @module
 */
import type { Mutant } from "./mutant.ts";

const KNOBS = "src/engine/ksm/knob_table.ts";
const TEXT = "src/engine/ksm/sysfs_text.ts";
const RUN = "src/engine/ksm/run.ts";
const ADVISOR = "src/engine/ksm/advisor.ts";
const MERGE_ANY = "src/engine/ksm/merge_any.ts";
const REGISTRATION = "src/engine/ksm/registration.ts";
const MADVISE = "src/engine/ksm/madvise.ts";
const BREAK = "src/engine/ksm/break_ksm.ts";
const STATE = "src/engine/ksm/ksm.ts";
const VISIT = "src/engine/ksm/visit.ts";

/** The mutants of requests. */
export const REQUEST_MUTANTS: readonly Mutant[] = [
  {
    rule: "run 2 counts full scans from 0 again",
    section: "15.1",
    file: RUN,
    from: `  ksm.seqnr = 0;`,
    to: ``,
  },
  {
    rule: "run 2 gives up all stable nodes",
    section: "15.1",
    file: RUN,
    from: `  yield* removeAllStableNodes(ksm);`,
    to: ``,
  },
  {
    rule: "run 2 keeps the slots of the living",
    section: "15.1",
    file: RUN,
    from: `    const dropped = mm.exiting;`,
    to: `    const dropped = true;`,
  },
  {
    rule: "a number beyond its type is ERANGE for max_page_sharing",
    section: "15",
    file: KNOBS,
    from: `  const value = parseInt32(text);
  if (value === "overflow") return ERRNO.erange;`,
    to: `  const value = parseInt32(text);
  if (value === "overflow") return ERRNO.einval;`,
  },
  {
    rule: "max_page_sharing is at least 2",
    section: "15",
    file: KNOBS,
    from: ` || value < 2) return ERRNO.einval;`,
    to: ` || value < 1) return ERRNO.einval;`,
  },
  {
    rule: "the present merge_across_nodes is taken even while pages are shared",
    section: "15",
    file: KNOBS,
    from: `const accepted = isSet() ||`,
    to: `const accepted =`,
  },
  {
    rule:
      "a knob that gives the tree its meaning is EBUSY while pages are shared",
    section: "12.4",
    file: KNOBS,
    from: `(ksm.pagesShared === 0 && (yield* removeAllStableNodes(ksm)));`,
    to: `(yield* removeAllStableNodes(ksm));`,
  },
  {
    rule: "changing such a knob gives up the nodes that nobody maps",
    section: "12.4",
    file: KNOBS,
    from: `(ksm.pagesShared === 0 && (yield* removeAllStableNodes(ksm)));`,
    to: `ksm.pagesShared === 0;`,
  },
  {
    rule: "pages_to_scan is EINVAL while the advisor is on",
    section: "14",
    file: KNOBS,
    from: `      ksm.knobs.advisorMode === "none"
        ? storeUint`,
    to: `      true
        ? storeUint`,
  },
  {
    rule: "advisor_max_cpu keeps the lower 32 bits",
    section: "15",
    file: KNOBS,
    from: `Number(BigInt.asUintN(32, value));
      }),`,
    to: `Number(value);
      }),`,
  },
  {
    rule: "advisor_target_scan_time is at least 1",
    section: "15",
    file: KNOBS,
    from: `      if (value === 0n) return ERRNO.einval;`,
    to: ``,
  },
  {
    rule: "digits beyond 64 bits overflow whatever follows them",
    section: "15",
    file: TEXT,
    from: `  if (magnitude > U64_MAX) return "overflow";`,
    to: ``,
  },
  {
    rule: "a boolean is decided by its first characters",
    section: "15",
    file: TEXT,
    from: `  if (/^(?:[yte1]|on)/i.test(text)) return true;`,
    to: `  if (/^(?:[yte1]|on)\\n$/i.test(text)) return true;`,
  },
  {
    rule: "the advisor weighs the newest change with 30 per cent",
    section: "14",
    file: ADVISOR,
    from: `const NEWEST_WEIGHT = 30n;`,
    to: `const NEWEST_WEIGHT = 20n;`,
  },
  {
    rule: "the advisor lets ksmd use 10 per cent of a processor",
    section: "14",
    file: ADVISOR,
    from: `const MIN_CPU = 10n;`,
    to: `const MIN_CPU = 9n;`,
  },
  {
    rule: "advisor_min_pages_to_scan is no lower bound",
    section: "14",
    file: ADVISOR,
    from: `  pages = atLeast(perPercent * MIN_CPU, pages);`,
    to: `  pages = atLeast(knobs.advisorMinPagesToScan, pages);`,
  },
  {
    rule: "the advisor multiplies pages_to_scan by 100 in 32 bits",
    section: "14",
    file: ADVISOR,
    from: `u32(before * 100n)`,
    to: `(before * 100n)`,
  },
  {
    rule: "advisor_max_cpu bounds from above",
    section: "14",
    file: ADVISOR,
    from:
      `  pages = atMost(u64(perPercent * BigInt(knobs.advisorMaxCpu)), pages);`,
    to: ``,
  },
  {
    rule: "advisor_max_pages_to_scan bounds from above",
    section: "14",
    file: ADVISOR,
    from: `  pages = atMost(knobs.advisorMaxPagesToScan, pages);`,
    to: ``,
  },
  {
    rule: "an advisor that is switched on has forgotten the last time",
    section: "14",
    file: ADVISOR,
    from: `  ksm.advisor = newAdvisorContext();`,
    to: ``,
  },
  {
    rule: "without an advisor pages_to_scan is 100 again",
    section: "14",
    file: ADVISOR,
    from: `    knobs.pagesToScan = DEFAULT_PAGES_TO_SCAN;`,
    to: ``,
  },
  {
    rule: "writing the present advisor mode changes nothing",
    section: "14",
    file: ADVISOR,
    from: `  if (knobs.advisorMode === mode) return;`,
    to: ``,
  },
  {
    rule: "prctl off does nothing where prctl was not on",
    section: "16.3",
    file: MERGE_ANY,
    from: `  if (mm.mergeAny !== mergeAny) {`,
    to: `  if (mm.mergeAny !== mergeAny || !mergeAny) {`,
  },
  {
    rule: "prctl off undoes sharing",
    section: "16.3",
    file: MERGE_ANY,
    from: `      if (!mergeAny && vma.mergeable) {`,
    to: `      if (false) {`,
  },
  {
    rule: "under prctl new areas are mergeable from birth",
    section: "16.3",
    file: REGISTRATION,
    from: `      return mm.mergeAny;`,
    to: `      return false;`,
  },
  {
    rule: "a new area registers a process again that prctl made mergeable",
    section: "16.3",
    file: REGISTRATION,
    from: `      if (mm.mergeAny && !mm.registered) yield* ksmEnter(ksm, mm);`,
    to: ``,
  },
  {
    rule: "MADV_UNMERGEABLE undoes sharing",
    section: "16.2",
    file: MADVISE,
    from: `    if (!mergeable) {
      yield* breakKsm(ksm, mm, vma, vma.start, vma.end, mm.task);
    } else if (!mm.registered)`,
    to: `    if (mergeable && !mm.registered)`,
  },
  {
    rule: "madvise of a range with holes is ENOMEM",
    section: "16.2",
    file: MADVISE,
    from: `  return covered ? ERRNO.ok : ERRNO.enomem;`,
    to: `  return ERRNO.ok;`,
  },
  {
    rule: "undoing sharing leaves the counts to ksmd",
    section: "16.2",
    file: BREAK,
    from: `      yield* unsharePage(memory, mm, vma, vpn, task);
    }
  }
}`,
    to: `      yield* unsharePage(memory, mm, vma, vpn, task);
      const slot = ksm.slots.of(mm.id);
      let item = slot === 0 ? 0 : ksm.slots.rmapList.get(slot);
      for (; item !== 0; item = ksm.items.next.get(item)) {
        if (ksm.items.vpn[item] !== vpn) continue;
        yield* removeRmapItemFromTree(ksm, item);
      }
    }
  }
}
import { removeRmapItemFromTree } from "./item_removal.ts";`,
  },
  {
    rule: "undoing sharing reaches zero pages too",
    section: "16.2",
    file: BREAK,
    from: `    if (isMergedPte(memory, mm.pages.get(vpn))) {`,
    to:
      `    if (isMergedPte(memory, mm.pages.get(vpn)) && mm.pages.get(vpn) > 7) {`,
  },
  {
    rule: "zero pages are merged with the zero page only if so wanted",
    section: "6.1",
    file: VISIT,
    from: `ksm.knobs.useZeroPages && checksum`,
    to: `checksum`,
  },
  {
    rule: "zero pages count in general_profit",
    section: "2.1",
    file: STATE,
    from:
      `        (this.pagesSharing + this.memory.ksmZeroPages) * PAGE_BYTES -`,
    to: `        this.pagesSharing * PAGE_BYTES -`,
  },
  {
    rule: "zero pages count in a process's profit",
    section: "2.2",
    file: STATE,
    from: `(mm.ksmMergingPages + mm.ksmZeroPages) * PAGE_BYTES -`,
    to: `mm.ksmMergingPages * PAGE_BYTES -`,
  },
];

/**
 * Operations: what a workload does to processes, memory and KSM's knobs.
 *
 * Scripts and traces both come down to a list of these. They are plain data,
 * exactly as the trace format `ksm-trace/1` spells them, and run one after the
 * other. Those of `numa_op.ts` are for machines with two NUMA nodes, and
 * belong to `ksm-trace-numa/1`.
 *
 * Page numbers are relative to the region. In the operations on a part of a
 * region, `start` is 0 when missing and `count` everything from `start` to the
 * end; a `count` of 0 does nothing (`munmap` refuses it).
 *
 * @module
 */
import type { NumaOp } from "./numa_op.ts";
import type { Pattern } from "./pattern.ts";

/** Pages of one slot: regions are placed at `slot * 262144 + off`. */
export const PAGES_PER_SLOT = 262144;

/** Slots of an address space; the last page of a region must lie in the last one or before. */
export const SLOTS = 1024;

/** Real address of slot 0. */
export const SLOT_0_ADDRESS = 0x10000000000;

/** Most bytes that one `write` takes. */
export const WRITE_BYTES_MAX = 256;

/** What a mapping allows: read and write, read only, nothing. */
export type Prot = "rw" | "r" | "none";

/** Advice that `madvise` gives. */
export type Advice = "mergeable" | "unmergeable" | "dontneed";

/** After what a scan adds a row to the recording. */
export type Each = "batch" | "pass";

/** A new process without regions. */
export interface ProcOp {
  /** Which operation. */
  readonly op: "proc";
  /** Its name, never used before. */
  readonly proc: string;
}

/** A new region of private anonymous memory, not mergeable unless prctl made the process so. */
export interface MmapOp {
  /** Which operation. */
  readonly op: "mmap";
  /** Whose. */
  readonly proc: string;
  /** Name of the region in its process. */
  readonly region: string;
  /** Slot of {@linkcode PAGES_PER_SLOT} pages, from 0. */
  readonly slot: number;
  /** Length. */
  readonly pages: number;
  /** Pages from the start of the slot; 0 when missing. */
  readonly off?: number;
  /** Protection; `rw` when missing. */
  readonly prot?: Prot;
}

/** Writes whole pages in rising order: page `start + i` gets page `i` of the pattern. */
export interface FillOp {
  /** Which operation. */
  readonly op: "fill";
  /** Whose. */
  readonly proc: string;
  /** Name of the region. */
  readonly region: string;
  /** First page; 0 when missing. */
  readonly start?: number;
  /** How many; to the region's end when missing. */
  readonly count?: number;
  /** What to write. */
  readonly pattern: Pattern;
}

/** Writes some bytes inside one page. */
export interface WriteOp {
  /** Which operation. */
  readonly op: "write";
  /** Whose. */
  readonly proc: string;
  /** Name of the region. */
  readonly region: string;
  /** Page of the region. */
  readonly page: number;
  /** Byte inside the page. */
  readonly offset: number;
  /** 1 to {@linkcode WRITE_BYTES_MAX} bytes in hex, two digits each. */
  readonly bytes: string;
}

/** Reads one byte of each page; an untouched page then maps the kernel's zero page. */
export interface ReadOp {
  /** Which operation. */
  readonly op: "read";
  /** Whose. */
  readonly proc: string;
  /** Name of the region. */
  readonly region: string;
  /** First page; 0 when missing. */
  readonly start?: number;
  /** How many; to the region's end when missing. */
  readonly count?: number;
}

/** Reads all bytes; their FNV-1a 64 is recorded. */
export interface HashOp {
  /** Which operation. */
  readonly op: "hash";
  /** Whose. */
  readonly proc: string;
  /** Name of the region. */
  readonly region: string;
  /** First page; 0 when missing. */
  readonly start?: number;
  /** How many; to the region's end when missing. */
  readonly count?: number;
}

/** Gives advice on a part of a region. Over a hole the call works on the rest and answers ENOMEM. */
export interface MadviseOp {
  /** Which operation. */
  readonly op: "madvise";
  /** Whose. */
  readonly proc: string;
  /** Name of the region. */
  readonly region: string;
  /** First page; 0 when missing. */
  readonly start?: number;
  /** How many; to the region's end when missing. */
  readonly count?: number;
  /** The advice. */
  readonly advice: Advice;
}

/** Unmaps a part of a region; the other pages keep their numbers. */
export interface MunmapOp {
  /** Which operation. */
  readonly op: "munmap";
  /** Whose. */
  readonly proc: string;
  /** Name of the region. */
  readonly region: string;
  /** First page; 0 when missing. */
  readonly start?: number;
  /** How many, at least 1; to the region's end when missing. */
  readonly count?: number;
}

/** Moves a whole region, and may give it another length. */
export interface MremapOp {
  /** Which operation. */
  readonly op: "mremap";
  /** Whose. */
  readonly proc: string;
  /** Name of the region. */
  readonly region: string;
  /** The slot to move to. */
  readonly slot: number;
  /** Pages from the start of that slot; 0 when missing. */
  readonly off?: number;
  /** The new length; as before when missing. */
  readonly pages?: number;
}

/** Changes the protection of a part of a region. */
export interface MprotectOp {
  /** Which operation. */
  readonly op: "mprotect";
  /** Whose. */
  readonly proc: string;
  /** Name of the region. */
  readonly region: string;
  /** First page; 0 when missing. */
  readonly start?: number;
  /** How many; to the region's end when missing. */
  readonly count?: number;
  /** The new protection. */
  readonly prot: Prot;
}

/** A copy of a process: all regions, under the same names and addresses. */
export interface ForkOp {
  /** Which operation. */
  readonly op: "fork";
  /** The parent. */
  readonly proc: string;
  /** Name of the child, never used before. */
  readonly child: string;
}

/** Ends a process; its memory is gone when the operation is done. */
export interface ExitOp {
  /** Which operation. */
  readonly op: "exit";
  /** Which process. */
  readonly proc: string;
}

/** Makes all present and later regions of a process mergeable, or ends that. */
export interface PrctlOp {
  /** Which operation. */
  readonly op: "prctl";
  /** Which process. */
  readonly proc: string;
  /** On or off. */
  readonly mergeAny: boolean;
}

/** Writes a value and a newline to one of KSM's sysfs files. */
export interface KnobOp {
  /** Which operation. */
  readonly op: "knob";
  /** Name of the file. */
  readonly name: string;
  /** Any text: whether it is accepted is recorded. */
  readonly value: string;
}

/** Writes KSM's switch: 0 stops ksmd, 1 starts it, 2 stops it and undoes all merging. */
export interface RunOp {
  /** Which operation. */
  readonly op: "run";
  /** The value. */
  readonly value: 0 | 1 | 2;
}

/** Lets ksmd do exactly `n` batches. */
export interface ScanBatchesOp {
  /** Which operation. */
  readonly op: "scanBatches";
  /** How many batches. */
  readonly n: number;
  /** After what a row is recorded; `batch` when missing. */
  readonly each?: Each;
}

/** Lets ksmd do batches until `n` full scans have ended. */
export interface ScanPassesOp {
  /** Which operation. */
  readonly op: "scanPasses";
  /** How many full scans. */
  readonly n: number;
  /** After what a row is recorded; `pass` when missing. */
  readonly each?: Each;
  /** Most batches to do, at least 1; 1000000 when missing. */
  readonly limit?: number;
}

/** Records all counters. */
export interface SampleOp {
  /** Which operation. */
  readonly op: "sample";
  /** Name of the sample in the recording. */
  readonly label?: string;
  /** Whether all knob values are recorded too. */
  readonly knobs?: boolean;
}

/** Lets the clock run on; all other operations take no time. */
export interface SleepOp {
  /** Which operation. */
  readonly op: "sleep";
  /** Milliseconds. */
  readonly ms: number;
}

/** One operation of a trace. */
export type Op =
  | ProcOp
  | MmapOp
  | FillOp
  | WriteOp
  | ReadOp
  | HashOp
  | MadviseOp
  | MunmapOp
  | MremapOp
  | MprotectOp
  | ForkOp
  | ExitOp
  | PrctlOp
  | KnobOp
  | RunOp
  | ScanBatchesOp
  | ScanPassesOp
  | SampleOp
  | SleepOp
  | NumaOp;

/** The name of an operation. */
export type OpName = Op["op"];

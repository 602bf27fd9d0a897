/**
 * Snapshots of the simulated machine.
 *
 * @module
 */
import {
  checkKnob,
  type Driver,
  KernelDefect,
  knobTexts,
  ksmdView,
  type Machine,
  MACHINE_PAGE_BYTES,
  pageWhy,
  type Process,
  regionMaps,
  sharingMatrix,
  type Stop,
  type Stride,
  treesDrawing,
  type TreeShape,
  treeShape,
} from "../machine/mod.ts";
import type { DetailAnswers, DetailKind, DetailQuestions } from "./detail.ts";
import type { ProcessView, Snapshot, Source } from "./snapshot.ts";

/** What the machine's snapshots say they are of. */
export const MACHINE_MODEL = "linux 6.18 model";

/** A source over a workload on a machine. */
export class MachineSource implements Source {
  readonly #title: string;
  readonly #driver: Driver;
  #defect: KernelDefect | undefined;

  /** Shows the machine of `driver` under a title. */
  constructor(title: string, driver: Driver) {
    this.#title = title;
    this.#driver = driver;
  }

  /** See {@linkcode Source}. */
  get label(): string | undefined {
    return this.#driver.label;
  }

  /** See {@linkcode Source}. */
  get timeMillis(): number {
    return this.#driver.machine.timeMillis;
  }

  /** See {@linkcode Source}. */
  get fullScans(): number {
    return this.#driver.machine.ksm.seqnr;
  }

  /** See {@linkcode Source}. */
  get defect(): KernelDefect | undefined {
    return this.#defect;
  }

  /** See {@linkcode Source}; a defect of the kernel ends the workload, so that what led to it can be looked at. */
  advance(stride: Stride): Stop {
    if (this.#defect !== undefined) return "end";
    try {
      return this.#driver.advance(stride);
    } catch (thrown) {
      if (!(thrown instanceof KernelDefect)) throw thrown;
      this.#defect = thrown;
      return "end";
    }
  }

  /** See {@linkcode Source}. */
  detail<K extends DetailKind>(
    kind: K,
    question: DetailQuestions[K],
  ): DetailAnswers[K] | undefined {
    return ANSWERS[kind]?.(this.#driver, question);
  }

  /** See {@linkcode Source}. */
  snapshot(): Snapshot {
    const { machine } = this.#driver;
    const { ksm } = machine;
    return {
      title: this.#title,
      model: MACHINE_MODEL,
      pageBytes: MACHINE_PAGE_BYTES,
      timeMillis: machine.timeMillis,
      counters: machine.counters(),
      ...treeViews(machine),
      ...timedViews(this.#driver),
      ksmd: ksmdView(machine),
      knobs: knobTexts(ksm),
      processes: Array.from(
        machine.processes.all(),
        (process) => processView(machine, process),
      ),
      events: machine.log.last(),
    };
  }
}

/** How each kind of question is answered. */
const ANSWERS: {
  readonly [K in DetailKind]?: (
    driver: Driver,
    question: DetailQuestions[K],
  ) => DetailAnswers[K] | undefined;
} = {
  page: ({ batch, machine }, place) => pageWhy(machine, place, batch),
  trees: ({ machine }, { levels }) => treesDrawing(machine, levels),
  sharing: ({ machine }) => sharingMatrix(machine),
  // As a shell's echo writes it.
  knob: ({ machine: { ksm } }, { knob, text }) =>
    checkKnob(ksm, knob, `${text}\n`),
};

/** The trees together, and where there are several nodes those of each. */
function treeViews(
  { ksm: { stableTrees, unstableTrees } }: Machine,
): Pick<Snapshot, "nodeTrees" | "stableTree" | "unstableTree"> {
  const nodeTrees = stableTrees.map((stableTree, nid) => ({
    nid,
    stableTree: treeShape(stableTree),
    unstableTree: treeShape(unstableTrees[nid]),
  }));
  return {
    stableTree: together(nodeTrees.map(({ stableTree }) => stableTree)),
    unstableTree: together(nodeTrees.map(({ unstableTree }) => unstableTree)),
    ...(nodeTrees.length > 1 && { nodeTrees }),
  };
}

function together(shapes: readonly TreeShape[]): TreeShape {
  return {
    nodes: shapes.reduce((sum, { nodes }) => sum + nodes, 0),
    height: Math.max(...shapes.map(({ height }) => height)),
  };
}

/** What can be seen where the machine goes by a virtual clock. */
function timedViews(
  { live, machine }: Driver,
): Pick<Snapshot, "actors" | "locks"> {
  const locks = machine.locks();
  return {
    ...(locks && { locks }),
    ...(live && { actors: live.views() }),
  };
}

function processView(machine: Machine, process: Process): ProcessView {
  const { name, mm } = process;
  return {
    ...machine.ksm.processCounters(mm),
    name,
    pid: mm.pid,
    residentPages: mm.pages.frames,
    regions: regionMaps(machine, process),
  };
}

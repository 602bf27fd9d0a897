/**
 * A workload that can go back.
 *
 * A script is a generator with variables of its own, which nobody can copy. So
 * all that it answers is written down, and read again when the machine goes the
 * same way once more; where the notes end, the script goes on.
 *
 * ```
 *   asked    next  next  turn of 2  next       next  ...
 *   answers  |-----|-----|----------|-----|-----|
 *                        ^ read                 ^ the script itself
 * ```
 *
 * Where the machine goes another way from some place in the past on, the script
 * has to be as it was there: it is started anew, and asked all that it was asked
 * up to that place. A script is a function of its seed and what it is told, so
 * that it answers the same; that it does is checked.
 *
 * @module
 */
import { ByteTape } from "./byte_tape.ts";
import { DataTape } from "./data_tape.ts";
import type { ThreadOp, WorkloadOp } from "./live_op.ts";
import type { OpSource, ScanReply } from "./op_source.ts";

/** How much is remembered. */
export interface NoteLimits {
  /** Bytes of answers; with more, the oldest may be forgotten. */
  readonly answerBytes: number;
  /** Bytes of questions; with one more, all are forgotten. */
  readonly questionBytes: number;
}

/** Answers take about ten bytes an operation, questions one or two each. */
const LIMITS: NoteLimits = { answerBytes: 64 << 20, questionBytes: 16 << 20 };

/** A place in what a workload has answered. */
export interface WorkloadPlace {
  /** Where in the notes of answers. */
  readonly answer: number;
  /** Where in the notes of questions. */
  readonly question: number;
  /** Threads that there are. */
  readonly threads: number;
  /** Whether the script has asked for a scan last, so that it is told the counters next. */
  readonly isTold: boolean;
  /** A checksum of all answers before. */
  readonly sum: number;
}

const BEGINNING: WorkloadPlace = {
  answer: 0,
  question: 0,
  threads: 0,
  isTold: false,
  sum: 0x811c9dc5,
};

/** A script has not answered what it answered before, though told the same. */
export class UnrepeatableScript extends RangeError {
  /** The name that a printed error begins with. */
  override readonly name = "UnrepeatableScript";
}

/** The number of a question that no thread is asked; threads have the numbers from 1. */
const SCRIPT = 0;

/** One workload, which is started as often as needed. */
export class RememberedSource implements OpSource {
  /** See {@linkcode OpSource}. */
  readonly name: string;
  /** See {@linkcode OpSource}. */
  readonly title: string;
  /** See {@linkcode OpSource}. */
  readonly endless: boolean;

  readonly #open: () => OpSource;
  readonly #limits: NoteLimits;
  #script: OpSource;
  /** What each thread of the script does in its turns. */
  #turns: ThreadOp["turn"][] = [];
  /** The operations that start the threads, as the machine gets them. */
  readonly #threads: ThreadOp[] = [];
  readonly #answers = new ByteTape();
  readonly #questions = new ByteTape();
  readonly #ops = new DataTape<Exclude<WorkloadOp, ThreadOp>>();
  readonly #told = new DataTape<ScanReply["counters"]>();
  #place = BEGINNING;
  #end = BEGINNING;
  #isUnasked = false;

  /** At the beginning of what `open` starts. */
  constructor(open: () => OpSource, limits: Partial<NoteLimits> = {}) {
    this.#open = open;
    this.#limits = { ...LIMITS, ...limits };
    this.#script = open();
    ({
      name: this.name,
      title: this.title,
      endless: this.endless,
    } = this.#script);
  }

  /** Where one is. */
  get place(): WorkloadPlace {
    return this.#place;
  }

  /** The first place that one can go back to, as {@linkcode WorkloadPlace.answer} counts. */
  get firstAnswer(): number {
    return this.#answers.start;
  }

  /** Whether answers take more than they should, and may be forgotten: not while they are gone through again. */
  get isTooLong(): boolean {
    return !this.#hasNotes && this.#answers.bytes > this.#limits.answerBytes;
  }

  /** Bytes that the notes take. */
  get bytes(): number {
    return this.#answers.bytes + this.#questions.bytes;
  }

  /** Goes back to a place, or forward to one where it has been. */
  goTo(place: WorkloadPlace): void {
    this.#place = place;
  }

  /** Forgets the oldest answers, where they take too much. */
  forget(): void {
    if (this.isTooLong) this.#answers.shorten(this.#limits.answerBytes);
  }

  /** See {@linkcode OpSource}. */
  next(reply?: ScanReply): WorkloadOp | undefined {
    const [op] = this.#hasNotes
      ? this.#read(SCRIPT)
      : this.#note(SCRIPT, reply, this.#nextOf(reply));
    return op;
  }

  /** Whether {@linkcode RememberedSource.branch} can get the script to where one is. */
  get isBranchable(): boolean {
    return !this.#hasNotes || !this.#isUnasked;
  }

  /**
   * Forgets all answers behind the place where one is, and gets the script
   * there, which then goes on from what it is told. What this answers undoes it,
   * whatever has been asked since; where one is then has to be said anew.
   *
   * @throws {UnrepeatableScript} The script has not come there again.
   */
  branch(): () => void {
    const place = this.#place;
    if (!this.#hasNotes) return () => {};
    const script = this.#script;
    const turns = this.#turns;
    const end = this.#end;
    this.#script = this.#open();
    this.#turns = [];
    if (this.#askAgain(place.question) !== place.sum) {
      throw new UnrepeatableScript(
        `Cannot go on from the past: "${this.name}" does not do the same ` +
          "again when it is started anew; what it does must follow from its " +
          "seed and from what it is told",
      );
    }
    const undoAnswers = this.#answers.cut(place.answer);
    const undoQuestions = this.#questions.cut(place.question);
    const threads = this.#threads.splice(place.threads);
    this.#end = place;
    return () => {
      undoAnswers();
      undoQuestions();
      this.#threads.splice(place.threads, Infinity, ...threads);
      this.#script = script;
      this.#turns = turns;
      this.#end = end;
    };
  }

  get #hasNotes(): boolean {
    return this.#place.answer < this.#end.answer;
  }

  #turn(thread: number, number: number): readonly WorkloadOp[] {
    return this.#hasNotes
      ? this.#read(thread + 1)
      : this.#note(thread + 1, undefined, this.#turns[thread](number));
  }

  #nextOf(reply: ScanReply | undefined): WorkloadOp[] {
    const op = this.#script.next(reply);
    return op === undefined ? [] : [op];
  }

  /** Notes what the script or a thread has been asked and has answered; gives the operations as the machine gets them. */
  #note(
    who: number,
    reply: ScanReply | undefined,
    answered: readonly WorkloadOp[],
  ): readonly WorkloadOp[] {
    const { isTold, sum } = this.#place;
    const ops = answered.map((op) => op.op === "thread" ? this.#add(op) : op);
    this.#noteQuestion(who, isTold ? reply : undefined);
    const from = this.#answers.end;
    this.#write(this.#answers, ops);
    const { end } = this.#answers;
    this.#place = {
      answer: end,
      question: this.#questions.end,
      threads: this.#threads.length,
      isTold: who === SCRIPT ? asksForScan(ops) : isTold,
      sum: this.#answers.sum(from, end, sum),
    };
    this.#end = this.#place;
    return ops;
  }

  #noteQuestion(who: number, reply: ScanReply | undefined): void {
    if (this.#isUnasked) return;
    this.#questions.writeWhole(who);
    if (reply !== undefined) this.#told.write(this.#questions, reply.counters);
    if (this.#questions.bytes <= this.#limits.questionBytes) return;
    this.#isUnasked = true;
    this.#questions.clear();
  }

  #add(op: ThreadOp): ThreadOp {
    const thread = this.#threads.length;
    this.#turns.push(op.turn);
    const noted = {
      ...op,
      turn: (number: number) => this.#turn(thread, number),
    };
    this.#threads.push(noted);
    return noted;
  }

  #write(tape: ByteTape, ops: readonly WorkloadOp[]): void {
    tape.writeWhole(ops.length);
    for (const op of ops) {
      const isThread = op.op === "thread";
      tape.writeByte(isThread ? 1 : 0);
      if (!isThread) this.#ops.write(tape, op);
    }
  }

  /** The next answer from the notes. */
  #read(who: number): readonly WorkloadOp[] {
    const from = this.#place;
    const ops: WorkloadOp[] = [];
    let { threads } = from;
    const reader = this.#answers.readerAt(from.answer);
    for (let left = reader.readWhole(); left > 0; left--) {
      const isThread = reader.readByte() === 1;
      ops.push(isThread ? this.#threads[threads++] : this.#ops.read(reader));
    }
    this.#place = {
      answer: reader.place,
      question: this.#afterQuestion(from),
      threads,
      isTold: who === SCRIPT ? asksForScan(ops) : from.isTold,
      sum: this.#answers.sum(from.answer, reader.place, from.sum),
    };
    return ops;
  }

  /** Where the question behind the one at a place is. */
  #afterQuestion({ question, isTold }: WorkloadPlace): number {
    if (this.#isUnasked) return question;
    const reader = this.#questions.readerAt(question);
    if (reader.readWhole() === SCRIPT && isTold) this.#told.read(reader);
    return reader.place;
  }

  /** Asks a script that has just started all questions before `end`; the checksum of its answers. */
  #askAgain(end: number): number {
    const reader = this.#questions.readerAt(0);
    const answers = new ByteTape();
    const turnsBegun: number[] = [];
    let { isTold, sum } = BEGINNING;
    while (reader.place < end) {
      const who = reader.readWhole();
      let ops: readonly WorkloadOp[];
      if (who === SCRIPT) {
        const told = isTold ? this.#told.read(reader) : undefined;
        ops = this.#nextOf(told && { counters: told });
        isTold = asksForScan(ops);
      } else {
        const number = turnsBegun[who] ?? 0;
        turnsBegun[who] = number + 1;
        ops = this.#turns[who - 1]?.(number) ?? [];
      }
      for (const op of ops) if (op.op === "thread") this.#turns.push(op.turn);
      const from = answers.end;
      this.#write(answers, ops);
      sum = answers.sum(from, answers.end, sum);
      answers.shorten(0);
    }
    return sum;
  }
}

/** Whether the script waits for a scan now. */
function asksForScan(ops: readonly WorkloadOp[]): boolean {
  const last = ops.at(-1)?.op;
  return last === "scanBatches" || last === "scanPasses";
}

/**
 * What a view asks a {@linkcode Source} for only while somebody looks at it,
 * because it takes more work than a snapshot, or needs a question.
 *
 * A request is plain data, and so is its answer, so that both can be recorded.
 *
 * @module
 */
import type {
  KnobCheck,
  PageWhy,
  SharingMatrix,
  TreesDrawing,
} from "../machine/mod.ts";

export type {
  ChainView,
  ComparesView,
  ContentView,
  Forecast,
  KnobCheck,
  KnobRefusal,
  KsmPageView,
  LevelCompares,
  Memo,
  PagePlace,
  PageWhy,
  Party,
  ProcessSharing,
  ProcessVerdict,
  Reason,
  ReasonName,
  SharingMatrix,
  TreeDrawing,
  TreeEntryView,
  TreeNodeView,
  TreesDrawing,
  Twin,
  TwinState,
  Why,
} from "../machine/mod.ts";

/** Questions, by their kind. */
export interface DetailQuestions {
  /** Why is this page not merged? */
  readonly page: {
    /** Name of the process. */
    readonly process: string;
    /** Name of its region. */
    readonly region: string;
    /** Page of the region, from 0. */
    readonly page: number;
  };
  /** What do the trees look like? */
  readonly trees: {
    /** Levels to draw, from the root on; 0 draws none. */
    readonly levels: number;
  };
  /** Who shares with whom? */
  readonly sharing: Readonly<Record<never, never>>;
  /** Would this knob take this text? */
  readonly knob: {
    /** Name of its file. */
    readonly knob: string;
    /** What is to be written, without the newline at its end. */
    readonly text: string;
  };
}

/** Answers, by the kind of the question. */
export interface DetailAnswers {
  /** Why the page is not merged, or how it is. */
  readonly page: PageWhy;
  /** The trees. */
  readonly trees: TreesDrawing;
  /** Processes by processes. */
  readonly sharing: SharingMatrix;
  /** What would come of the write. */
  readonly knob: KnobCheck;
}

/** The kinds of questions. */
export type DetailKind = keyof DetailQuestions;

/** One question. */
export type DetailRequest<K extends DetailKind = DetailKind> = K extends
  DetailKind ? { readonly kind: K } & DetailQuestions[K] : never;

/** What answers questions: a part of {@linkcode "./snapshot.ts"}'s `Source`. */
export interface DetailSource {
  /**
   * The answer to a question about what is to be seen now; `undefined` where the
   * source cannot know, as for a process that is not there. Changes nothing.
   */
  detail<K extends DetailKind>(
    kind: K,
    question: DetailQuestions[K],
  ): DetailAnswers[K] | undefined;
}

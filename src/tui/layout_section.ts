/**
 * Boxes in a column that are laid out on their own, in a tree of Yoga's apart
 * from that of the column: what changes inside one does not make Yoga work on
 * its neighbours, as long as it takes the same room.
 *
 * Why that puts all where a new tree would: the column knows of a section only
 * what it answers when Yoga asks for its height, and an answer is a function of
 * the question and of what is inside: it was worked out from nothing, for this
 * or for what takes the same room.
 * The same answers to all that was ever asked lead the column to the same
 * layout, and one answer that differs lets it begin anew. What is inside stands
 * as the last question of the column's layout left it, or, where the section
 * got another size than it answered, as that size makes it: by neither does it
 * matter what was asked or shown in frames before.
 *
 * How high a row is, is worked out as if there were room without end,
 * which takes half the time of doing as its column would: the same, but for
 * children with parts of a height that is not known yet.
 *
 * A section remembers what it found out, since figures change between a few
 * widths: by the question, and by the shape of what is inside, which is all that
 * Yoga goes by. It names each node, and with it settings that never change; of a
 * text or a canvas it has the natural size, and of a text that was broken into
 * lines what is written. A section around others remembers nothing: how those
 * stand follows from more than that (see {@linkcode Section.fit}).
 *
 * Only where the width is certain from outside is a box a section: how narrow a
 * box can become is a question that Yoga answers by more than the box.
 *
 * @module
 */
import { MeasureMode, type Node } from "yoga-layout";
import type { BoxElement } from "./element.ts";
import type { ExactPlace } from "./layout_node.ts";
import type { ContainerProps, PlaceProps } from "./layout_props.ts";
import { createNode, setContainer } from "./yoga_style.ts";

/** What a column gives to a section: its width, and how binding which height is. */
interface Question {
  readonly width: number;
  readonly height: number;
  readonly heightMode: MeasureMode;
}

/** A size as exact as Yoga has it. */
interface ExactSize {
  readonly width: number;
  readonly height: number;
}

interface Answer extends Question {
  readonly size: ExactSize;
}

/** More than a layout asks; beyond that, there are answers of earlier heights among them, each of which would be worked out again. */
const ANSWERS_MAX = 8;

/** What comes of a question. */
interface Found {
  readonly size: ExactSize;
  /** Where all that is inside is, in its order. */
  readonly places: readonly ExactPlace[];
}

/** Beyond that, the oldest are forgotten: a figure has few widths, but those of several in a row multiply. */
const FOUND_MAX = 64;

/** What a section lays out. */
export interface Contents {
  /** Lets Yoga forget what it knows of it. */
  forget(): void;
  /** What its places follow from once a question is given; missing where more has a part in it. */
  shape(): string | undefined;
  /** Reads from Yoga where it is. */
  places(): ExactPlace[];
  /** Puts it where it was once. */
  restore(places: readonly ExactPlace[]): void;
}

function isSameQuestion(a: Question, b: Question): boolean {
  return a.width === b.width && a.heightMode === b.heightMode &&
    (a.heightMode === MeasureMode.Undefined || a.height === b.height);
}

function keyOf({ width, height, heightMode }: Question): string {
  const bound = heightMode === MeasureMode.Undefined ? "" : height;
  return `${width},${heightMode},${bound}`;
}

function isSameSize(a: ExactSize, b: ExactSize): boolean {
  return a.width === b.width && a.height === b.height;
}

/**
 * Whether a box makes those of its children that leave it to it as wide as
 * itself, once its own width is certain.
 */
export function stretches(props: ContainerProps): boolean {
  return props.flexDirection === "column" && props.flexWrap !== "wrap" &&
    (props.alignItems ?? "stretch") === "stretch";
}

/** Whether an element leaves it to its column to make it as wide as itself. */
export function fills({ width, position, alignSelf }: PlaceProps): boolean {
  return width === undefined && position !== "absolute" &&
    (alignSelf ?? "stretch") === "stretch";
}

const NOT_OF_SECTIONS = [
  "minWidth",
  "maxWidth",
  "borderStyle",
  "scrollTop",
  "padding",
  "paddingX",
  "paddingY",
  "paddingTop",
  "paddingRight",
  "paddingBottom",
  "paddingLeft",
] as const;

/**
 * Whether a box in a column of certain width is fit to be a section once it
 * holds more than one element: it goes from side to side, and its size has no
 * parts that are not inside.
 */
export function isSectional(props: BoxElement["props"]): boolean {
  return fills(props) &&
    NOT_OF_SECTIONS.every((name) => props[name] === undefined);
}

/** A box's tree of its own, of which its node outside is told nothing but sizes. */
export class Section {
  /** The node that lays out the children. */
  readonly inside: Node = createNode();
  readonly #isRow: boolean;
  readonly #outside: Node;
  readonly #contents: Contents;
  /** All answers that the layout outside may have gone by. */
  #answers: Answer[] = [];
  /** The question, of those in the latest layout outside, that came last. */
  #last: Answer | undefined;
  /** What was worked out last, if that holds for what is inside now. */
  #state: Question | undefined;
  /** What came of that; missing where only Yoga knows. */
  #found: Found | undefined;
  readonly #memory = new Map<string, Found>();
  /** Whether anything may have moved since the last time that it was placed. */
  #moved = false;

  /** Makes a section of what gets into {@linkcode Section.inside}. */
  constructor(outside: Node, props: ContainerProps, contents: Contents) {
    this.#outside = outside;
    this.#contents = contents;
    setContainer(this.inside, props);
    this.#isRow = props.flexDirection !== "column";
    // The width is certain, as sections are only where it is.
    outside.setMeasureFunc((width, _, height, heightMode) =>
      this.#answer({ width, height, heightMode })
    );
  }

  #answer(question: Question): ExactSize {
    const known = this.#answers.find((one) => isSameQuestion(one, question));
    this.#last = known ?? { ...question, size: this.#workOut(question) };
    if (known === undefined) this.#answers.push(this.#last);
    return this.#last.size;
  }

  /** Finds out how what is inside stands, by memory where it can. */
  #workOut(question: Question): ExactSize {
    this.#state = question;
    this.#moved = true;
    const shape = this.#contents.shape();
    if (shape === undefined) {
      this.#found = undefined;
      return this.#calculate(question);
    }
    const key = `${shape}${keyOf(question)}`;
    this.#found = this.#memory.get(key);
    if (this.#found !== undefined) return this.#found.size;
    const size = this.#calculate(question);
    // Otherwise a text was squeezed for the first time, and what is written in it counts.
    if (this.#contents.shape() !== shape) return size;
    this.#found = { size, places: this.#contents.places() };
    this.#remember(key, this.#found);
    return size;
  }

  #remember(key: string, found: Found): void {
    const [oldest] = this.#memory.keys();
    if (this.#memory.size >= FOUND_MAX) this.#memory.delete(oldest);
    this.#memory.set(key, found);
  }

  /** Lays out what is inside, from nothing. */
  #calculate({ width, height, heightMode }: Question): ExactSize {
    const bounded = heightMode === MeasureMode.AtMost;
    if (bounded && !this.#isRow) return this.#within(width, height);
    const fixed = heightMode === MeasureMode.Exactly;
    this.#contents.forget();
    this.inside.calculateLayout(width, fixed ? height : undefined);
    const natural = this.inside.getComputedHeight();
    // Room that is left over makes no row higher.
    if (bounded && natural > height) return this.#within(width, height);
    return { width, height: natural };
  }

  /** Lays out what is inside from nothing, as a column of a height does that asks what of it is wanted. */
  #within(width: number, height: number): ExactSize {
    const column = createNode();
    column.insertChild(this.inside, 0);
    this.#contents.forget();
    column.calculateLayout(width, height);
    const wanted = this.inside.getComputedHeight();
    column.removeChild(this.inside);
    column.free();
    return { width, height: wanted };
  }

  /** To be called once what is inside has become something else: whether it takes the size that it took, so that the layout outside stays. */
  settles(): boolean {
    this.#state = undefined;
    const same = this.#answers.length <= ANSWERS_MAX &&
      this.#answers.every((one) => isSameSize(one.size, this.#workOut(one)));
    if (!same) this.#answers = [];
    return same;
  }

  /** The layout outside begins anew. */
  touch(): void {
    this.#last = undefined;
    this.#outside.markDirty();
  }

  /** Makes what is inside stand as in a size that it got; answers whether Yoga is to be asked where that is. */
  fit(size: ExactSize): boolean {
    const wanted: Question = this.#last && isSameSize(this.#last.size, size)
      ? this.#last
      : {
        ...size,
        heightMode: MeasureMode.Exactly,
      };
    if (!this.#state || !isSameQuestion(this.#state, wanted)) {
      this.#workOut(wanted);
    }
    const moved = this.#moved;
    this.#moved = false;
    if (!moved || this.#found === undefined) return moved;
    this.#contents.restore(this.#found.places);
    return false;
  }

  /** Frees its node, but not those of the children. */
  free(): void {
    this.inside.free();
  }
}

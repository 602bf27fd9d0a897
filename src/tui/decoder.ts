/**
 * From the bytes of a keyboard and a mouse to events.
 *
 * A machine that takes one byte at a time, so that it cannot matter how the
 * bytes are cut into chunks. Only time can tell a lone escape key from the
 * start of a sequence: the owner calls {@linkcode InputDecoder.flush} when
 * nothing has come for a while. What is no known key is swallowed whole.
 *
 * @module
 */
import { characterKey, type InputEvent, namedKey } from "./input_event.ts";
import { byteKey, csiKey, linuxKey, ss3Key } from "./key_sequences.ts";
import { mouseEvent } from "./mouse_report.ts";

const CTRL_C = 0x03;
const BELL = 0x07;
const ESCAPE = 0x1b;
const SPACE = 0x20;
const DELETE = 0x7f;

const PASTE_END = new TextEncoder().encode("\x1b[201~");
/** A longer paste loses its end. */
const PASTE_BYTES_MAX = 1 << 16;
/** No key has a longer sequence; a longer one is swallowed. */
const PARAMETERS_MAX = 32;

/** Where the machine is between two bytes. */
type State =
  /** Outside of everything. */
  | { readonly at: "ground" }
  /** After an escape. */
  | { readonly at: "escape" }
  /** In a `CSI` sequence. */
  | { readonly at: "csi"; readonly parameters: string }
  /** In an `SS3` sequence. */
  | { readonly at: "ss3"; readonly parameters: string }
  /** In a string, which `ST` or a bell ends; `introducer` until its first byte has come. */
  | { readonly at: "string"; readonly introducer: string }
  /** After an escape in a string. */
  | { readonly at: "string-escape" }
  /** In a character of several bytes. */
  | {
    readonly at: "utf8";
    readonly code: number;
    readonly missing: number;
    readonly least: number;
    readonly alt: boolean;
  }
  /** In a paste, with as many bytes of its end mark matched. */
  | { readonly at: "paste"; readonly matched: number }
  /** After `CSI M`, which three bytes of an old mouse report follow. */
  | { readonly at: "mouse"; readonly missing: number }
  /** After `CSI [`. */
  | { readonly at: "linux" };

const GROUND: State = { at: "ground" };

/** The state after the first byte of a character, if it can be one. */
function utf8Start(byte: number, alt: boolean): State {
  if (byte >= 0xc2 && byte <= 0xdf) {
    return { at: "utf8", code: byte & 0x1f, missing: 1, least: 0xa0, alt };
  }
  if (byte >= 0xe0 && byte <= 0xef) {
    return { at: "utf8", code: byte & 0x0f, missing: 2, least: 0x800, alt };
  }
  if (byte >= 0xf0 && byte <= 0xf4) {
    return { at: "utf8", code: byte & 0x07, missing: 3, least: 0x10000, alt };
  }
  return GROUND;
}

function isScalarValue(code: number): boolean {
  return code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
}

/** Turns bytes into events. */
export class InputDecoder {
  #state: State = GROUND;
  #events: InputEvent[] = [];
  #paste: number[] = [];

  /** Takes some bytes, and answers the events that they complete. */
  feed(bytes: Uint8Array): InputEvent[] {
    for (const byte of bytes) this.#state = this.#step(byte);
    return this.#take();
  }

  /** Whether a flush would give an event. */
  get waiting(): boolean {
    return this.#loneKey() !== undefined;
  }

  /** Takes what has come for a key of its own: an escape, or alt with a character. */
  flush(): InputEvent[] {
    const key = this.#loneKey();
    if (key !== undefined) {
      this.#events.push(key);
      this.#state = GROUND;
    }
    return this.#take();
  }

  #take(): InputEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  #loneKey(): InputEvent | undefined {
    const state = this.#state;
    switch (state.at) {
      case "escape":
      case "string-escape":
        return namedKey("escape");
      case "csi":
        return state.parameters === ""
          ? characterKey("[", { alt: true })
          : undefined;
      case "ss3":
        return state.parameters === ""
          ? characterKey("O", { alt: true })
          : undefined;
      case "string":
        return state.introducer === ""
          ? undefined
          : characterKey(state.introducer, { alt: true });
      default:
        return undefined;
    }
  }

  /** Reports an event, if there is one, and goes back to the ground. */
  #done(event: InputEvent | undefined): State {
    if (event !== undefined) this.#events.push(event);
    return GROUND;
  }

  /** The state after one more byte. Ctrl-C gets through wherever it comes. */
  #step(byte: number): State {
    const state = this.#state;
    if (byte === CTRL_C) return this.#ground(byte, state.at === "escape");
    switch (state.at) {
      case "ground":
        return this.#ground(byte, false);
      case "escape":
        return this.#escape(byte);
      case "csi":
        return this.#csi(byte, state.parameters);
      case "ss3":
        return this.#ss3(byte, state.parameters);
      case "string":
        return this.#string(byte);
      case "string-escape":
        return byte === 0x5c ? GROUND : this.#escape(byte);
      case "utf8":
        return this.#utf8(byte, state);
      case "paste":
        return this.#pasted(byte, state.matched);
      case "mouse":
        if (byte < SPACE) return this.#ground(byte, false);
        return state.missing === 1
          ? GROUND
          : { at: "mouse", missing: state.missing - 1 };
      case "linux":
        if (byte < SPACE) return this.#ground(byte, false);
        return this.#done(linuxKey(String.fromCharCode(byte)));
    }
  }

  #ground(byte: number, alt: boolean): State {
    if (byte === ESCAPE) return { at: "escape" };
    return byte < 0x80 ? this.#done(byteKey(byte, alt)) : utf8Start(byte, alt);
  }

  #escape(byte: number): State {
    if (byte === ESCAPE) {
      this.#events.push(namedKey("escape"));
      return { at: "escape" };
    }
    const char = String.fromCharCode(byte);
    if (char === "[") return { at: "csi", parameters: "" };
    if (char === "O") return { at: "ss3", parameters: "" };
    if ("PX]^_".includes(char)) return { at: "string", introducer: char };
    return this.#ground(byte, true);
  }

  #csi(byte: number, parameters: string): State {
    if (byte < SPACE || byte >= DELETE) return this.#broken(byte);
    const char = String.fromCharCode(byte);
    if (byte < 0x40) {
      const longer = (parameters + char).slice(0, PARAMETERS_MAX);
      return { at: "csi", parameters: longer };
    }
    if (parameters === "" && char === "M") return { at: "mouse", missing: 3 };
    if (parameters === "" && char === "[") return { at: "linux" };
    if (parameters === "200" && char === "~") {
      this.#paste = [];
      return { at: "paste", matched: 0 };
    }
    const event = parameters.startsWith("<")
      ? mouseEvent(parameters, char)
      : csiKey(parameters, char);
    return this.#done(event);
  }

  #ss3(byte: number, parameters: string): State {
    if (byte < SPACE || byte >= DELETE) return this.#broken(byte);
    const char = String.fromCharCode(byte);
    if (byte < 0x40) {
      const longer = (parameters + char).slice(0, PARAMETERS_MAX);
      return { at: "ss3", parameters: longer };
    }
    return this.#done(ss3Key(parameters, char));
  }

  /** A byte that no sequence contains ends the one at hand, and counts by itself. */
  #broken(byte: number): State {
    return byte === DELETE ? GROUND : this.#ground(byte, false);
  }

  #string(byte: number): State {
    if (byte === BELL) return GROUND;
    if (byte === ESCAPE) return { at: "string-escape" };
    return { at: "string", introducer: "" };
  }

  #utf8(byte: number, state: State & { at: "utf8" }): State {
    if ((byte & 0xc0) !== 0x80) return this.#ground(byte, false);
    const code = state.code << 6 | byte & 0x3f;
    const missing = state.missing - 1;
    if (missing > 0) return { ...state, code, missing };
    if (code < state.least || !isScalarValue(code)) return GROUND;
    const char = String.fromCodePoint(code);
    return this.#done(characterKey(char, { alt: state.alt }));
  }

  #pasted(byte: number, matched: number): State {
    if (byte === PASTE_END[matched]) {
      if (matched + 1 < PASTE_END.length) {
        return { at: "paste", matched: matched + 1 };
      }
      const text = new TextDecoder().decode(new Uint8Array(this.#paste));
      return this.#done({ kind: "paste", text: text.replace(/\r\n?/g, "\n") });
    }
    const restarts = byte === ESCAPE;
    const content = [
      ...PASTE_END.slice(0, matched),
      ...(restarts ? [] : [byte]),
    ];
    if (this.#paste.length + content.length <= PASTE_BYTES_MAX) {
      this.#paste.push(...content);
    }
    return { at: "paste", matched: restarts ? 1 : 0 };
  }
}

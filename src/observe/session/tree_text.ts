/**
 * The nodes of drawn trees as text: one short line each, since most of them are
 * others in the next sample.
 *
 * ```
 *   node   B12 7 3 0000000000000001 00000000000000ff 2047 vm-a/ram+12
 *          colour and number, size, height, bytes, what it stands for
 *   bytes  first and last ones, checksum; or ? where the page is gone
 *   stands frame, sharers, mappings, and one place that maps it: a KSM page
 *          chain: several of them, which are told of elsewhere
 *          a place alone: a page of the unstable tree
 *   place  process/region+page, or process+page; % + / and spaces of names
 *          as %25 %2b %2f %20
 * ```
 *
 * @module
 */
import type {
  ChainView,
  ContentView,
  KsmPageView,
  PagePlace,
  TreeEntryView,
  TreeNodeView,
} from "../detail.ts";

const COUNT = "\\d{1,15}";
const NAME = "(?:[^%+/ ]|%(?:25|2b|2f|20))*";
const PLACE = `${NAME}(?:/${NAME})?\\+${COUNT}`;
const KSM_PAGE = `${COUNT} ${COUNT} ${COUNT} (?:gone|-|${PLACE})`;
const CONTENT = "(?:\\?|[\\da-f]{16} [\\da-f]{16} -?\\d{1,10})";
const NODE =
  `[RB]${COUNT} ${COUNT} ${COUNT} ${CONTENT} (?:chain|${PLACE}|${KSM_PAGE})`;

/** Texts of nodes. */
export const NODE_TEXT: RegExp = new RegExp(`^${NODE}$`);

/** Texts of KSM pages, with the number of the node before. */
export const DUP_TEXT: RegExp = new RegExp(`^${COUNT} ${KSM_PAGE}$`);

/** Texts of bytes. */
export const CONTENT_TEXT: RegExp = new RegExp(`^${CONTENT}$`);

/** Characters that mean something, and how they are written in names. */
const ESCAPES = new Map([["%", "%25"], ["+", "%2b"], ["/", "%2f"], [
  " ",
  "%20",
]]);

function escaped(name: string): string {
  return name.replaceAll(/[%+/ ]/g, (one) => ESCAPES.get(one) ?? one);
}

function unescaped(text: string): string {
  return text.replaceAll(
    /%(..)/g,
    (_, digits: string) => String.fromCharCode(parseInt(digits, 16)),
  );
}

function printPlace({ process, region, page }: PagePlace): string {
  const within = region === undefined ? "" : `/${escaped(region)}`;
  return `${escaped(process)}${within}+${page}`;
}

function parsePlace(text: string): PagePlace {
  const [names, page] = text.split("+");
  const [process, region] = names.split("/").map(unescaped);
  const rest = region === undefined ? {} : { region };
  return { process, ...rest, page: Number(page) };
}

/** The bytes of a page, which may be gone. */
export function printContent(content: ContentView | undefined): string {
  if (content === undefined) return "?";
  const { lead, tail, checksum } = content;
  return `${lead} ${tail} ${checksum}`;
}

/** The bytes of a page, unless it is gone. */
export function parseContent(
  text: string,
): { readonly content?: ContentView } {
  if (text === "?") return {};
  const [lead, tail, checksum] = text.split(" ");
  return { content: { lead, tail, checksum: Number(checksum) } };
}

function printPage(page: KsmPageView): string {
  const { frame, sharers, mappings, isStale, sharer } = page;
  const place = sharer === undefined ? "-" : printPlace(sharer);
  return `${frame} ${sharers} ${mappings} ${isStale ? "gone" : place}`;
}

function parsePage(node: number, words: readonly string[]): KsmPageView {
  const [frame, sharers, mappings] = words.map(Number);
  const place = words[3];
  const isStale = place === "gone";
  const page = { node, frame, sharers, mappings, isStale };
  return isStale || place === "-"
    ? page
    : { ...page, sharer: parsePlace(place) };
}

/** One KSM page of a chain. */
export function printDup(page: KsmPageView): string {
  return `${page.node} ${printPage(page)}`;
}

/** See {@linkcode printDup}. */
export function parseDup(text: string): KsmPageView {
  const [node, ...words] = text.split(" ");
  return parsePage(Number(node), words);
}

function printEntry(entry: TreeEntryView): string {
  switch (entry.kind) {
    case "page":
      return printPage(entry.page);
    case "chain":
      return "chain";
    case "item":
      return printPlace(entry.place);
  }
}

/** A node without those below it. */
export function printNode(node: TreeNodeView): string {
  const { id, isRed, size, height, entry } = node;
  // Of a chain they stand where it is told of.
  const bytes = entry.kind === "chain" ? undefined : entry.content;
  const content = printContent(bytes);
  return `${isRed ? "R" : "B"}${id} ${size} ${height} ${content} ` +
    printEntry(entry);
}

/** Whether the text is of a node that stands for a chain, and of which one. */
export function chainIn(text: string): number | undefined {
  return text.endsWith(" chain") ? parseInt(text.slice(1), 10) : undefined;
}

/** A node with those below it, and with the chain that it stands for. */
export function parseNode(
  text: string,
  below: Pick<TreeNodeView, "left" | "right">,
  chainOf: (node: number) => ChainView,
): TreeNodeView {
  const [name, size, height, ...words] = text.split(" ");
  const id = Number(name.slice(1));
  const bytes = words.splice(0, words[0] === "?" ? 1 : 3).join(" ");
  return {
    id,
    isRed: name.startsWith("R"),
    size: Number(size),
    height: Number(height),
    entry: parseEntry(id, words, parseContent(bytes), chainOf),
    ...below,
  };
}

function parseEntry(
  id: number,
  words: readonly string[],
  content: { readonly content?: ContentView },
  chainOf: (node: number) => ChainView,
): TreeEntryView {
  if (words.length > 1) {
    return { kind: "page", page: parsePage(id, words), ...content };
  }
  if (words[0] !== "chain") {
    return { kind: "item", place: parsePlace(words[0]), ...content };
  }
  const { nid: _, node: __, ...chain } = chainOf(id);
  return { kind: "chain", ...chain };
}

/**
 * How traces and recordings are laid out: a field a line, then one list with an
 * entry a line.
 *
 * @module
 */

/** Prints a document: its head fields, then a list under its own name. */
export function printDocument(
  head: readonly (readonly [string, unknown])[],
  listName: string,
  list: readonly unknown[],
): string {
  const fields = head.map(([name, value]) =>
    ` ${JSON.stringify(name)}: ${spaced(value)},\n`
  );
  const entries = list.map((entry) => `  ${JSON.stringify(entry)}`);
  const body = entries.length === 0 ? "" : entries.join(",\n") + "\n";
  return `{\n${fields.join("")} ${JSON.stringify(listName)}: [\n${body} ]\n}\n`;
}

/** JSON on one line, with a blank after each comma and colon. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value)
      .map(([name, field]) => `${JSON.stringify(name)}: ${spaced(field)}`);
    return `{${fields.join(", ")}}`;
  }
  return JSON.stringify(value);
}

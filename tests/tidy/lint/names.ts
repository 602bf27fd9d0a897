/**
 * A name says what a thing is.
 *
 * @module
 */

/** Words that would fit anything. */
const EMPTY_WORDS: ReadonlySet<string> = new Set([
  ...["util", "utils", "helper", "helpers", "common", "core"],
  ...["manager", "managers", "service", "services"],
]);

/** The first empty word of a name, written in any case; undefined where there is none. */
export function emptyWord(name: string): string | undefined {
  const words = name.replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
  return words.split(/[^a-z0-9]+/).find((word) => EMPTY_WORDS.has(word));
}

/** Refuses types whose name has an empty word. Files are checked with the rest of the tree. */
export const emptyTypeName: Deno.lint.Rule = {
  create(ctx) {
    const check = (node: { id: Deno.lint.Identifier | null }) => {
      if (node.id === null) return;
      const word = emptyWord(node.id.name);
      if (word === undefined) return;
      const message = `The word ${word} in ${node.id.name} fits anything`;
      ctx.report({ node: node.id, message });
    };
    return {
      ClassDeclaration: check,
      ClassExpression: check,
      TSEnumDeclaration: check,
      TSInterfaceDeclaration: check,
      TSTypeAliasDeclaration: check,
    };
  },
};

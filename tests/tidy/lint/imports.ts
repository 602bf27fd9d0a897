/**
 * All the ways in which one file can name another.
 *
 * @module
 */

/** One place where a file names another. */
export interface ImportPlace {
  /** What it names; undefined where that is computed. */
  readonly specifier: string | undefined;
  /** `dynamic`: loaded when the code asks for it; `type`: nothing at run time. */
  readonly kind: "static" | "type" | "dynamic";
  /** Where, for a report. */
  readonly range: Deno.lint.Range;
}

/** Comments that bring types from elsewhere. */
const TYPE_COMMENT =
  /^\/\s*<reference\s+\w+="(.*)"|^\s*@(?:deno|ts)-types="(.*)"|^\W*@jsxImportSource(?:Types)?\s+(\S+)/;

/** The text of a literal; undefined for anything that is computed. */
function literalText(node: Deno.lint.Node): string | undefined {
  if (node.type === "TSLiteralType") return literalText(node.literal);
  return node.type === "Literal" && typeof node.value === "string"
    ? node.value
    : undefined;
}

/** A visitor that tells of each {@linkcode ImportPlace} of a file. */
export function importVisitor(
  ctx: Deno.lint.RuleContext,
  tell: (place: ImportPlace) => void,
): Deno.lint.LintVisitor {
  const literal = (
    kind: ImportPlace["kind"],
    node: Deno.lint.Node,
    range: Deno.lint.Range,
  ) => tell({ specifier: literalText(node), kind, range });
  const declaration = (kind: "type" | "value") =>
    kind === "type" ? "type" as const : "static" as const;
  return {
    Program() {
      for (const { value, range } of ctx.sourceCode.getAllComments()) {
        const found = TYPE_COMMENT.exec(value)?.slice(1)
          .find((part) => part !== undefined);
        if (found !== undefined) {
          tell({ specifier: found, kind: "type", range });
        }
      }
    },
    ImportDeclaration(node) {
      literal(declaration(node.importKind), node.source, node.range);
    },
    ExportAllDeclaration(node) {
      literal(declaration(node.exportKind), node.source, node.range);
    },
    ExportNamedDeclaration(node) {
      if (node.source === null) return;
      literal(declaration(node.exportKind), node.source, node.range);
    },
    ImportExpression(node) {
      literal("dynamic", node.source, node.range);
    },
    TSImportType(node) {
      literal("type", node.argument, node.range);
    },
    TSExternalModuleReference(node) {
      literal("static", node.expression, node.range);
    },
  };
}

/**
 * Which identifiers stand for a variable, and which only name a property.
 *
 * @module
 */

/** Whether two nodes are the same piece of the source. */
function same(a: Deno.lint.Node, b: Deno.lint.Node): boolean {
  return a.range[0] === b.range[0] && a.range[1] === b.range[1];
}

/** Whether an identifier is the name of a property: `b` in `a.b`, `{ b: 1 }` and `{ b(): void }`. */
export function namesProperty(node: Deno.lint.Identifier): boolean {
  const { parent } = node;
  switch (parent.type) {
    case "MemberExpression":
      return !parent.computed && same(parent.property, node);
    case "Property":
    case "PropertyDefinition":
    case "MethodDefinition":
    case "TSPropertySignature":
    case "TSMethodSignature":
    case "TSAbstractMethodDefinition":
    case "TSAbstractPropertyDefinition":
      return !parent.computed && same(parent.key, node);
    case "TSEnumMember":
      return same(parent.id, node);
    case "TSQualifiedName":
      return same(parent.right, node);
    default:
      return false;
  }
}

/** Whether an identifier stands for a variable or a type. `{ b }` stands for both `b`s. */
export function isReference(node: Deno.lint.Identifier): boolean {
  if (!namesProperty(node)) return true;
  return node.parent.type === "Property" && node.parent.shorthand;
}

/**
 * The member that a use of a namespace names: `random` for `Math.random` and
 * `Math["random"]`; undefined where it is computed, or the namespace is handed
 * on whole.
 */
export function memberOf(node: Deno.lint.Identifier): string | undefined {
  const { parent } = node;
  if (parent.type !== "MemberExpression" || !same(parent.object, node)) {
    return parent.type === "TSQualifiedName" ? parent.right.name : undefined;
  }
  const { property } = parent;
  if (!parent.computed && property.type === "Identifier") return property.name;
  return property.type === "Literal" ? String(property.value) : undefined;
}

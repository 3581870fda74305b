import { Kind, parse } from "graphql";
import { compileEntityFetch, compileRootFetch, type RunNode } from "./fetch";
import type { FetchNode, PlanNode } from "./plan-nodes";
import type { TypesOf } from "./rewrites";
import type { AskSubgraph } from "./subgraph-client";

/** The response keys of a fetch's root fields that are always asked for. */
export function rootKeysOf(node: FetchNode): string[] {
  const operation = parse(node.operation, { noLocation: true }).definitions.find(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  );
  return (operation?.selectionSet.selections ?? []).flatMap((selection) =>
    // One under a condition may rightly be left out.
    selection.kind === Kind.FIELD && !selection.directives?.length
      ? [(selection.alias ?? selection.name).value]
      : [],
  );
}

/** Compiles a plan once; the function it becomes runs for every request with that plan. */
export function compilePlan(
  plan: PlanNode,
  subgraphs: ReadonlyMap<string, AskSubgraph>,
  typesOf: TypesOf,
): RunNode {
  function compile(node: PlanNode, path: readonly string[]): RunNode {
    switch (node.kind) {
      case "Sequence": {
        const steps = node.nodes.map((child) => compile(child, path));
        return async (execution) => {
          for (const step of steps) await step(execution);
        };
      }
      case "Parallel": {
        const branches = node.nodes.map((child) => compile(child, path));
        return async (execution) => {
          await Promise.all(branches.map((branch) => branch(execution)));
        };
      }
      case "Flatten":
        return compile(node.node, [...path, ...node.path]);
      case "Condition": {
        const ifClause = node.ifClause && compile(node.ifClause, path);
        const elseClause = node.elseClause && compile(node.elseClause, path);
        return async (execution) => {
          await (execution.variables[node.condition] === true ? ifClause : elseClause)?.(execution);
        };
      }
      case "Fetch": {
        const ask = subgraphs.get(node.serviceName);
        if (!ask) throw new Error(`The plan asks the subgraph ${node.serviceName}, which has no address.`);
        return node.requires
          ? compileEntityFetch(node, path, ask, typesOf)
          : compileRootFetch(node, ask, rootKeysOf(node), typesOf);
      }
    }
  }
  return compile(plan, []);
}

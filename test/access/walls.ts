/**
 * The walls as a test can take them away: the modules that build them are given to the hub by this file instead, so that
 * nothing that ships can switch one off. Import it before anything of the hub.
 */
const standing = { gateway: true, subgraphs: true };

jest.mock("../../gateway/authorization/prune", () => {
  const real = jest.requireActual<typeof import("../../gateway/authorization/prune")>(
    "../../gateway/authorization/prune",
  );
  return {
    ...real,
    maySeeOf: (...args: Parameters<typeof real.maySeeOf>) =>
      standing.gateway ? real.maySeeOf(...args) : () => true,
  };
});

jest.mock("../../platform/subgraph/authorize-document", () => {
  const real = jest.requireActual<typeof import("../../platform/subgraph/authorize-document")>(
    "../../platform/subgraph/authorize-document",
  );
  return {
    ...real,
    createDocumentAuthorizer: (...args: Parameters<typeof real.createDocumentAuthorizer>) =>
      standing.subgraphs ? real.createDocumentAuthorizer(...args) : () => undefined,
  };
});

/** Says which walls stand, from now on: some are asked for at each request. One hub is open at a time. */
export function raiseWalls(walls: typeof standing): void {
  Object.assign(standing, walls);
}

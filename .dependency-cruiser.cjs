/** Boundaries of the hub. One sentence per rule; docs/architecture.md draws the picture from these. */
const agencies = ["law-enforcement", "advocacy", "services"];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...agencies.map((agency) => ({
      name: `${agency}-imports-no-other-agency`,
      comment: `The ${agency} subgraph never imports another agency: agencies meet only in the supergraph.`,
      severity: "error",
      from: { path: `^subgraphs/${agency}/` },
      to: { path: `^subgraphs/(?!${agency}/)` },
    })),
    {
      name: "domain-is-pure",
      comment: "domain/ holds rules as functions of facts: it imports only its own domain.",
      severity: "error",
      from: { path: "^subgraphs/([^/]+)/domain/", pathNot: "\\.test\\.ts$" },
      to: { pathNot: "^subgraphs/$1/domain/" },
    },
    {
      name: "platform-knows-no-agency",
      comment:
        "platform/ is without an agency's words: it imports no agency, no gateway and no policy matrix.",
      severity: "error",
      from: { path: "^platform/" },
      to: { path: "^(subgraphs|gateway|policy|cli|site)/" },
    },
    {
      name: "gateway-knows-no-agency",
      comment: "The gateway holds no domain words: what it knows of the schema comes from schema/ files.",
      severity: "error",
      from: { path: "^gateway/" },
      to: { path: "^(subgraphs|policy|cli)/" },
    },
    {
      name: "policy-is-plain-tables",
      comment: "policy/ is a table everyone may read: it imports nothing.",
      severity: "error",
      from: { path: "^policy/", pathNot: "\\.test\\.ts$" },
      to: { pathNot: "^policy/" },
    },
    {
      name: "agency-layers",
      comment: "Inside an agency, store/ and policy/ never reach up into graphql/.",
      severity: "error",
      from: { path: "^subgraphs/([^/]+)/(store|policy)/" },
      to: { path: "^subgraphs/$1/graphql/" },
    },
    {
      name: "composition-only-behind-its-port",
      comment: "Elastic-2.0 code is reached only through gateway/engine/plan.ts and cli/generate/compose.ts.",
      severity: "error",
      from: { pathNot: "^(gateway/engine/plan\\.ts|cli/generate/compose\\.ts|bench/)" },
      to: { path: "node_modules/@apollo/(composition|query-planner|query-graphs|federation-internals)/" },
    },
    {
      name: "nothing-imports-tests",
      comment: "Nothing that ships imports a test.",
      severity: "error",
      from: { pathNot: "(^test/|\\.(test|fixture)\\.ts$)" },
      to: { path: "(^test/|\\.test\\.ts$)" },
    },
    {
      name: "no-cycles",
      comment: "No circular imports.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(dist|node_modules)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
  },
};

import { join } from "node:path";
import { z } from "zod";
import { PROJECT_ROOT } from "../platform/project-root";

const PORT_NUMBER = "a port number from 0 to 65535";
const Port = z.coerce
  .number(PORT_NUMBER)
  .refine((port) => Number.isInteger(port) && port >= 0 && port <= 65_535, PORT_NUMBER);

/** Bytes: as long as what it signs with. */
const HubSecret = z
  .string()
  .refine((secret) => Buffer.byteLength(secret) >= 32, "at least 32 bytes")
  .optional();

const Environment = z.object({
  NODE_ENV: z.enum(["development", "test", "production"]).default("development"),
  /** Keys, secrets and the embedded database live here. */
  HUB_HOME: z.string().min(1).default(join(PROJECT_ROOT, ".hub")),
  /** The folder with partners.json, tier-rules.json, protocol.json, release-terms.json, hold-terms.json, outreach.json, figures.json, feeds.json, escalation.json and the folders letters and instruments. */
  HUB_SITE: z.string().min(1).default(join(PROJECT_ROOT, "site")),
  HUB_HOST: z.string().min(1).default("127.0.0.1"),
  /** The embedded server's port; 0 for any that is free. */
  HUB_POSTGRES_PORT: Port.default(5433),
  GATEWAY_PORT: Port.default(4000),
  /** Where the gateway serves its figures (/metrics); none: nowhere. */
  GATEWAY_METRICS_PORT: Port.optional(),
  /** A list of the operations that may run: enforced in production, elsewhere others are logged. */
  TRUSTED_DOCUMENTS: z.string().min(1).optional(),
  LAW_ENFORCEMENT_PORT: Port.default(4101),
  ADVOCACY_PORT: Port.default(4102),
  SERVICES_PORT: Port.default(4103),
  /** Where the gateway finds a subgraph that another machine serves. */
  LAW_ENFORCEMENT_URL: z.url().optional(),
  ADVOCACY_URL: z.url().optional(),
  SERVICES_URL: z.url().optional(),
  /** What the hub signs its requests to each agency with. Without it one is made, except in production. */
  HUB_SECRET_LAW_ENFORCEMENT: HubSecret,
  HUB_SECRET_ADVOCACY: HubSecret,
  HUB_SECRET_SERVICES: HubSecret,
  /** Where the agencies' servers are woken for new events; none: each by its own database. */
  REDIS_URL: z.string().min(1).optional(),
  /** What law enforcement and advocacy sign to each other with, about holds and addresses. Without it one is made, except in production. */
  HOLDS_SECRET: HubSecret,
  /** How many people the synthetic city has that fills empty databases. */
  HUB_CITY_PEOPLE: z.coerce.number().int().min(1).max(100_000).default(2_000),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
});

export type Settings = z.infer<typeof Environment>;

/** The hub's processes, as `npm run start:<name>` names them. */
export const SUBGRAPHS = ["law-enforcement", "advocacy", "services"] as const;
export type SubgraphName = (typeof SUBGRAPHS)[number];
export const PROCESSES = [...SUBGRAPHS, "gateway"] as const;
export type ProcessName = (typeof PROCESSES)[number];

/**
 * Reads the settings from the environment, once.
 *
 * @throws Error naming every variable at fault at once; never its value, which may be a secret.
 */
export function readSettings(environment: NodeJS.ProcessEnv = process.env): Settings {
  const result = Environment.safeParse(environment);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`The environment is not valid:\n  ${faults.join("\n  ")}`);
}

/** The variable with the port that a process serves. */
export const PORT_VARIABLES = {
  "law-enforcement": "LAW_ENFORCEMENT_PORT",
  advocacy: "ADVOCACY_PORT",
  services: "SERVICES_PORT",
  gateway: "GATEWAY_PORT",
} as const satisfies Record<ProcessName, keyof Settings>;

export function portOf(settings: Settings, name: ProcessName): number {
  return settings[PORT_VARIABLES[name]];
}

/** Where the gateway finds a subgraph: at the address given, else on this machine. */
export function addressOf(settings: Settings, name: SubgraphName): string {
  const given = {
    "law-enforcement": settings.LAW_ENFORCEMENT_URL,
    advocacy: settings.ADVOCACY_URL,
    services: settings.SERVICES_URL,
  }[name];
  return given ?? `http://${settings.HUB_HOST}:${portOf(settings, name)}/graphql`;
}

/** The list of operations that the gateway goes by; undefined: any may run. */
export function trustedDocumentsOf({ TRUSTED_DOCUMENTS, NODE_ENV }: Settings) {
  return TRUSTED_DOCUMENTS === undefined
    ? undefined
    : { file: TRUSTED_DOCUMENTS, enforced: NODE_ENV === "production" };
}

export const filesOf = (settings: Settings) => ({
  partners: join(settings.HUB_SITE, "partners.json"),
  tierRules: join(settings.HUB_SITE, "tier-rules.json"),
  figures: join(settings.HUB_SITE, "figures.json"),
  releaseTerms: join(settings.HUB_SITE, "release-terms.json"),
  feeds: join(settings.HUB_SITE, "feeds.json"),
  escalation: join(settings.HUB_SITE, "escalation.json"),
  holdTerms: join(settings.HUB_SITE, "hold-terms.json"),
  protocol: join(settings.HUB_SITE, "protocol.json"),
  outreach: join(settings.HUB_SITE, "outreach.json"),
  letters: join(settings.HUB_SITE, "letters"),
  instruments: join(settings.HUB_SITE, "instruments"),
  keys: join(settings.HUB_HOME, "keys"),
  secrets: join(settings.HUB_HOME, "secrets.json"),
  hubSecrets: join(settings.HUB_HOME, "hub-secrets.json"),
  postgres: join(settings.HUB_HOME, "postgres"),
  postgresPort: join(settings.HUB_HOME, "postgres.port"),
  logs: join(settings.HUB_HOME, "logs"),
  city: join(settings.HUB_HOME, "city.json"),
  supergraph: join(PROJECT_ROOT, "schema", "supergraph.graphql"),
  scopes: join(PROJECT_ROOT, "schema", "scopes.json"),
  breakGlass: join(PROJECT_ROOT, "schema", "break-glass.json"),
});

import { readFileSync } from "node:fs";
import { z } from "zod";

const Id = z.string().regex(/^[a-z][a-z0-9-]{1,62}$/, "lower-case letters, digits and hyphens");

const Agency = z.strictObject({
  id: Id,
  name: z.string().min(1),
  kind: Id,
  /** The roles that its people may hold. */
  roles: z.array(z.string().min(1)).min(1),
});

const SiteIssuer = z.strictObject({
  /** The `iss` of its tokens. */
  issuer: z.url(),
  agency: Id,
  /** "development": keys made on this machine, refused in production; else the address of its JWKS. */
  keys: z.union([
    z.literal("development"),
    z.url({ protocol: /^https$/, error: 'an https address, or "development"' }),
  ]),
});

const SiteDatabase = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9_]{1,62}$/),
  /** The environment variable that names its address; without it the embedded server holds it. */
  env: z.string().regex(/^[A-Z][A-Z0-9_]+$/),
  subgraph: Id.nullable(),
  /** The agency that alone owns it, where a subgraph has one database per agency. */
  agency: Id.nullable(),
});

const Partners = z
  .strictObject({
    site: z.string().min(1),
    agencies: z.array(Agency).min(1),
    issuers: z.array(SiteIssuer).min(1),
    databases: z.array(SiteDatabase).min(1),
  })
  .superRefine((partners, context) => {
    const fault = (path: (string | number)[], message: string) =>
      context.addIssue({ code: "custom", path, message });
    const unique = (list: "agencies" | "issuers" | "databases", keyOf: (index: number) => string) => {
      const seen = new Set<string>();
      partners[list].forEach((_, index) => {
        if (seen.has(keyOf(index))) fault([list, index], `${keyOf(index)} stands twice`);
        seen.add(keyOf(index));
      });
    };
    unique("agencies", (index) => partners.agencies[index]!.id);
    unique("issuers", (index) => partners.issuers[index]!.issuer);
    unique("databases", (index) => partners.databases[index]!.name);
    const agencies = new Set(partners.agencies.map((agency) => agency.id));
    partners.issuers.forEach(({ agency }, index) => {
      if (!agencies.has(agency)) fault(["issuers", index, "agency"], `${agency} is no agency of this site`);
    });
    partners.databases.forEach(({ agency }, index) => {
      if (agency !== null && !agencies.has(agency)) {
        fault(["databases", index, "agency"], `${agency} is no agency of this site`);
      }
    });
  });

/** One jurisdiction's partners: agencies, who speaks for them, and where each keeps its data. */
export type Partners = z.infer<typeof Partners>;
export type SiteDatabase = z.infer<typeof SiteDatabase>;

/**
 * Reads a site's partners file.
 *
 * @throws Error listing every fault at once, each with its place in the file.
 */
export function readPartners(path: string): Partners {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Error(`The site file ${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  const result = Partners.safeParse(content);
  if (result.success) return result.data;
  const faults = result.error.issues.map(
    (issue) => `${issue.path.join(".") || "the file"}: ${issue.message}`,
  );
  throw new Error(`The site file ${path} is not valid:\n  ${faults.join("\n  ")}`);
}

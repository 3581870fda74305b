import { readOrCreateSecrets } from "../../platform/secrets-file";
import { filesOf, type ProcessName, type Settings, type SubgraphName } from "../settings";

/** The variable that holds the secret shared by the hub and one agency. */
export const SECRET_VARIABLES = {
  "law-enforcement": "HUB_SECRET_LAW_ENFORCEMENT",
  advocacy: "HUB_SECRET_ADVOCACY",
  services: "HUB_SECRET_SERVICES",
} as const satisfies Record<SubgraphName, keyof Settings>;

/**
 * The secrets that the hub shares with these agencies: as the environment gives them, else, in development, made once
 * and kept in HUB_HOME.
 *
 * @throws Error in production, naming every variable that is missing; anywhere, naming those that hold the same secret, with
 * which one agency could speak as the hub to another.
 */
export async function hubSecretsOf<Name extends SubgraphName>(
  settings: Settings,
  names: readonly Name[],
): Promise<Readonly<Record<Name, string>>> {
  const missing = names.filter((name) => settings[SECRET_VARIABLES[name]] === undefined);
  if (missing.length > 0 && settings.NODE_ENV === "production") {
    const variables = missing.map((name) => SECRET_VARIABLES[name]);
    throw new Error(`The environment is not valid:\n  ${variables.join(", ")}: required in production`);
  }
  const made = missing.length > 0 ? await readOrCreateSecrets(filesOf(settings).hubSecrets, missing) : {};
  const secretOf = (name: Name) => settings[SECRET_VARIABLES[name]] ?? made[name as keyof typeof made];
  const alike = names.filter((name) =>
    names.some((other) => other !== name && secretOf(other) === secretOf(name)),
  );
  if (alike.length > 0) {
    const variables = alike.map((name) => SECRET_VARIABLES[name]).join(", ");
    throw new Error(`The environment is not valid:\n  ${variables}: must differ from each other`);
  }
  return Object.fromEntries(names.map((name) => [name, secretOf(name)])) as Record<Name, string>;
}

/**
 * The secret that law enforcement and advocacy share about holds, the hub apart: as the environment gives it, else, in
 * development, made once.
 *
 * @throws Error in production when it is missing.
 */
export async function holdsSecretOf(settings: Settings): Promise<string> {
  if (settings.HOLDS_SECRET !== undefined) return settings.HOLDS_SECRET;
  if (settings.NODE_ENV === "production") {
    throw new Error("The environment is not valid:\n  HOLDS_SECRET: required in production");
  }
  return (await readOrCreateSecrets(filesOf(settings).hubSecrets, ["holds"])).holds;
}

/** The variables of the secrets that a process needs: an agency its own alone, the gateway all of them. */
export function secretVariablesOf(
  name: ProcessName,
  secrets: Readonly<Record<SubgraphName, string>>,
): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    (Object.keys(SECRET_VARIABLES) as SubgraphName[]).map((owner) => [
      SECRET_VARIABLES[owner],
      name === "gateway" || name === owner ? secrets[owner] : undefined,
    ]),
  );
}

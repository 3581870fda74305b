import { createHubSigner, type SignRequest } from "../platform/hub-signature/sign";

/**
 * The hub's signature for each subgraph, by name, made with the secret that the hub shares with it alone.
 *
 * @throws Error when an agency has no secret, or the same as another: each could then speak as the hub to the other.
 */
export function hubSignersOf(
  secrets: Readonly<Record<string, string>>,
  subgraphs: Iterable<string>,
): ReadonlyMap<string, SignRequest> {
  const signers = new Map<string, SignRequest>();
  const taken = new Set<string>();
  for (const name of subgraphs) {
    const secret = Object.hasOwn(secrets, name) ? secrets[name] : undefined;
    if (secret === undefined) throw new Error(`The hub shares no secret with the subgraph ${name}.`);
    if (taken.has(secret)) throw new Error(`The subgraph ${name} has the hub secret of another.`);
    taken.add(secret);
    signers.set(name, createHubSigner(secret));
  }
  return signers;
}

import { SIGNATURE_HEADER } from "./message";
import { createHubSigner } from "./sign";

/** The secret that tests share with the subgraphs they open. */
export const TEST_HUB_SECRET = "a-secret-of-tests-alone-0123456789abcdef";

interface PostOptions {
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly secret?: string;
}

const signers = new Map<string, ReturnType<typeof createHubSigner>>();

/** Posts a body of JSON to a subgraph as the hub would, signed; for case work, when the headers name no purpose. */
export function postSigned(url: string, body: unknown, options: PostOptions = {}): Promise<Response> {
  const { secret = TEST_HUB_SECRET } = options;
  const signer = signers.get(secret) ?? createHubSigner(secret);
  signers.set(secret, signer);
  const headers = { "content-type": "application/json", "x-ipvi-purpose": "case-work", ...options.headers };
  const { pathname, search } = new URL(url);
  const text = JSON.stringify(body);
  const signature = signer({ method: "POST", target: pathname + search, headers }, text);
  return fetch(url, { method: "POST", headers: { ...headers, [SIGNATURE_HEADER]: signature }, body: text });
}

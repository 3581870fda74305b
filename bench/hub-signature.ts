import { SIGNATURE_HEADER } from "../platform/hub-signature/message";
import { createHubSigner } from "../platform/hub-signature/sign";
import { createHubVerifier } from "../platform/hub-signature/verify";

/** CPU of the hub's signature, made and verified: `node dist/bench/hub-signature.js`. */
const ROUNDS = 100_000;
const SECRET = "a-secret-of-the-measurement-alone-0123456789";
const headers = { authorization: `Bearer ${"t".repeat(400)}`, "x-ipvi-purpose": "case-work" };
const request = { method: "POST", target: "/graphql", headers };
const sign = createHubSigner(SECRET);

function microseconds(work: () => void): string {
  const before = process.cpuUsage();
  for (let round = 0; round < ROUNDS; round++) work();
  const { user, system } = process.cpuUsage(before);
  return ((user + system) / ROUNDS).toFixed(1);
}

for (const size of [1_000, 10_000]) {
  const body = "x".repeat(size);
  const bytes = Buffer.from(body);
  for (let warm = 0; warm < 10_000; warm++) sign(request, body);
  const signing = microseconds(() => void sign(request, body));
  const verify = createHubVerifier(SECRET);
  const both = microseconds(() => {
    const signed = { ...request, headers: { ...headers, [SIGNATURE_HEADER]: sign(request, body) } };
    if (verify(signed, bytes)) throw new Error("A signature just made was refused.");
  });
  console.log(
    `${size} bytes of body: ${signing} us of CPU to sign, ${(Number(both) - Number(signing)).toFixed(1)} to verify`,
  );
}

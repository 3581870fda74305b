import { randomUUID } from "node:crypto";
import { SIGNATURE_HEADER, type RequestToSign } from "./message";
import { createHubSigner } from "./sign";
import { createHubVerifier, type HubVerifierOptions } from "./verify";

const SECRET = "the-secret-of-the-hub-and-one-agency";
const NOW = Date.parse("2026-03-01T12:00:00Z");
const BODY = '{"query":"{ person }"}';
const REQUEST: RequestToSign = {
  method: "POST",
  target: "/graphql",
  headers: { authorization: "Bearer ann", "x-ipvi-purpose": "case-work" },
};

interface Sent {
  readonly request?: RequestToSign;
  readonly body?: string;
}

/** Signs at one time and knocks at another. */
function knock(signature: string | undefined, { request = REQUEST, body = BODY }: Sent = {}) {
  return [{ ...request, headers: { ...request.headers, [SIGNATURE_HEADER]: signature } }, body] as const;
}
const signedAt = (instant: number, secret = SECRET) => createHubSigner(secret, () => instant)(REQUEST, BODY);

function agency(options: HubVerifierOptions = {}, since = NOW - 60_000) {
  let instant = since;
  const verify = createHubVerifier(SECRET, { now: () => instant, ...options });
  instant = NOW;
  return {
    code: ([request, body]: ReturnType<typeof knock>) => verify(request, Buffer.from(body))?.code,
    at: (later: number) => void (instant = later),
  };
}

describe("H1: a request is the hub's, unaltered", () => {
  test("what it signed is taken", () => {
    expect(agency().code(knock(signedAt(NOW)))).toBeUndefined();
  });

  const with_ = (headers: Record<string, string>): Sent => ({
    request: { ...REQUEST, headers: { ...REQUEST.headers, ...headers } },
  });
  const other = (change: Partial<RequestToSign>): Sent => ({ request: { ...REQUEST, ...change } });
  test.each<[string, Sent]>([
    ["another body", { body: '{"query":"{ persons }"}' }],
    ["no body", { body: "" }],
    ["a body with a byte more", { body: `${BODY} ` }],
    ["another method", other({ method: "GET" })],
    ["another path", other({ target: "/" })],
    ["a search behind the path", other({ target: "/graphql?query={__typename}" })],
    ["another's token", with_({ authorization: "Bearer bob" })],
    ["no token", with_({ authorization: "" })],
    ["another purpose", with_({ "x-ipvi-purpose": "audit" })],
    ["a break-glass grant put in", with_({ "x-ipvi-break-glass": "grant" })],
    ["those for whom it is read put in", with_({ "x-ipvi-shared-by": "W10" })],
    ["a value moved to the next header", with_({ "x-ipvi-purpose": "", "x-ipvi-break-glass": "case-work" })],
  ])("under the signature of one request, %s is refused", (_title, sent) => {
    expect(agency().code(knock(signedAt(NOW), sent))).toBe("HUB_SIGNATURE_WRONG");
  });

  const [timestamp, nonce, mac] = signedAt(NOW).split(".") as [string, string, string];
  test.each<[string, string | undefined, string]>([
    ["no signature", undefined, "HUB_SIGNATURE_MISSING"],
    ["an empty one", "", "HUB_SIGNATURE_MISSING"],
    ["nonsense", "nonsense", "HUB_SIGNATURE_WRONG"],
    ["another agency's", signedAt(NOW, "the-secret-of-the-hub-and-another-agency"), "HUB_SIGNATURE_WRONG"],
    ["one with another time", `${NOW + 1}.${nonce}.${mac}`, "HUB_SIGNATURE_WRONG"],
    ["one with another nonce", `${timestamp}.${randomUUID()}.${mac}`, "HUB_SIGNATURE_WRONG"],
    ["one cut short", `${timestamp}.${nonce}.${mac.slice(0, -1)}`, "HUB_SIGNATURE_WRONG"],
    ["one of zeros", `${timestamp}.${nonce}.${"A".repeat(43)}`, "HUB_SIGNATURE_WRONG"],
    ["two at once", `${signedAt(NOW)}, ${signedAt(NOW)}`, "HUB_SIGNATURE_WRONG"],
  ])("%s is refused", (_title, signature, code) => {
    expect(agency().code(knock(signature))).toBe(code);
  });

  test("a short secret is no secret, and is not repeated", () => {
    for (const create of [createHubSigner, createHubVerifier]) {
      expect(() => create("too-short-to-tell")).toThrow("A hub secret has at least 32 bytes.");
    }
  });
});

describe("H2: a signature is taken once, and in its time", () => {
  test.each([
    ["30 s old", -30_000, undefined],
    ["older", -30_001, "HUB_SIGNATURE_STALE"],
    ["30 s ahead", 30_000, undefined],
    ["further ahead", 30_001, "HUB_SIGNATURE_STALE"],
  ])("%s", (_title, skew, code) => {
    expect(agency().code(knock(signedAt(NOW + skew)))).toBe(code);
  });

  test.each([
    ["at once", 0, 0, "HUB_SIGNATURE_REPLAYED"],
    ["at the end of its time", 0, 30_000, "HUB_SIGNATURE_REPLAYED"],
    ["at the end of its time, when it was dated ahead", 30_000, 60_000, "HUB_SIGNATURE_REPLAYED"],
    ["after its time", 0, 30_001, "HUB_SIGNATURE_STALE"],
  ])("sent again %s, it is refused", (_title, ahead, later, code) => {
    const door = agency();
    const sent = knock(signedAt(NOW + ahead));
    expect(door.code(sent)).toBeUndefined();
    door.at(NOW + later);
    expect(door.code(sent)).toBe(code);
  });

  test("two requests alike, signed one after the other, are two", () => {
    const door = agency();
    const sign = createHubSigner(SECRET, () => NOW);
    expect([1, 2].map(() => door.code(knock(sign(REQUEST, BODY))))).toEqual([undefined, undefined]);
  });

  test("what was signed before the agency's server started is refused: it may have been used", () => {
    expect(agency({}, NOW).code(knock(signedAt(NOW - 1)))).toBe("HUB_SIGNATURE_STALE");
  });

  test("a forged request uses no nonce up", () => {
    const door = agency();
    const signature = signedAt(NOW);
    door.code(knock(signature, { body: "forged" }));
    expect(door.code(knock(signature))).toBeUndefined();
  });
});

describe("H3: no nonce is forgotten early", () => {
  test("a full store refuses, still knows what it held, and has room again in time", () => {
    const door = agency({ mostNonces: 2 });
    const [one, two, three] = [1, 2, 3].map(() => knock(signedAt(NOW))) as [Known, Known, Known];
    expect([one, two, three, one].map(door.code)).toEqual([
      undefined,
      undefined,
      "HUB_SIGNATURE_REPLAYED",
      "HUB_SIGNATURE_REPLAYED",
    ]);
    const later = NOW + 60_001;
    door.at(later);
    expect(door.code(knock(signedAt(later)))).toBeUndefined();
  });
});
type Known = ReturnType<typeof knock>;

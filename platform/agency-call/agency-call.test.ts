import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { SIGNATURE_HEADER } from "../hub-signature/message";
import { createAgencyAnswer } from "./answer";
import { createAgencyCall } from "./call";

const SECRET = "shared-by-the-two-agencies-alone-0123456789";
const PATIENCE = 10_000;
const opened: Server[] = [];

/** The other agency's door; `tamper` is somebody in between. */
async function agency(
  answer: (body: string) => Promise<string | null>,
  tamper: (text: string) => string = (text) => text,
) {
  const failures: unknown[] = [];
  const heard: Record<string, string | string[] | undefined>[] = [];
  const door = createAgencyAnswer({ secret: SECRET, answer, onFailure: (error) => failures.push(error) });
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      heard.push(request.headers);
      const asked = { method: request.method ?? "", target: request.url ?? "", headers: request.headers };
      void door(asked, Buffer.concat(chunks)).then(({ status, headers, body }) =>
        response.writeHead(status, headers).end(tamper(body)),
      );
    });
  });
  opened.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/ask`, failures, heard };
}
afterAll(() =>
  Promise.all(
    opened.map((server) => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    }),
  ),
);

test("H6: an agency hears the other's answer to what it asked", async () => {
  const { url } = await agency((body) => Promise.resolve(`you said ${body}`));
  expect(await createAgencyCall({ url, secret: SECRET })("hello", PATIENCE)).toBe("you said hello");
});

test.each<[string, () => Promise<{ url: string; secret?: string; ms?: number }>]>([
  ["who asks has another secret", async () => ({ ...(await agency(() => Promise.resolve("yes"))), secret: `another-${SECRET}` })], // prettier-ignore
  [
    "the answer was altered on its way",
    () =>
      agency(
        () => Promise.resolve("held"),
        () => "free",
      ),
  ],
  ["the other agency fails", () => agency(() => Promise.reject(new Error("database down")))],
  ["it cannot be asked so", () => agency(() => Promise.resolve(null))],
  ["it is slow", async () => ({ ...(await agency(() => new Promise<string>(() => undefined))), ms: 50 })],
  ["nobody listens", () => Promise.resolve({ url: "http://127.0.0.1:1/ask" })],
])("H6: no answer when %s", async (_what, prepare) => {
  const { url, secret = SECRET, ms = PATIENCE } = await prepare();
  expect(await createAgencyCall({ url, secret })("hello", ms)).toBeNull();
});

test("H6: what was asked once is not answered again, and an answer does not serve another question", async () => {
  const { url, heard } = await agency((body) => Promise.resolve(body));
  await createAgencyCall({ url, secret: SECRET })("hello", PATIENCE);
  const signature = String(heard[0]![SIGNATURE_HEADER]);
  const again = await fetch(url, {
    method: "POST",
    headers: { [SIGNATURE_HEADER]: signature },
    body: "hello",
  });
  expect(again.status).toBe(401);
  expect(await again.text()).toContain("HUB_SIGNATURE_REPLAYED");
  const unsigned = await fetch(url, { method: "POST", body: "hello" });
  expect([unsigned.status, unsigned.headers.get(SIGNATURE_HEADER)]).toEqual([401, null]);
});

test("H6: a failure is heard of where it happened and told to nobody", async () => {
  const { url, failures } = await agency(() => Promise.reject(new Error("of a person")));
  const call = createAgencyCall({ url, secret: SECRET });
  expect(await call("hello", PATIENCE)).toBeNull();
  expect(failures).toHaveLength(1);
});

import { Member } from "./member";
import type { CompletedEvent } from "./subscriber";

const event = (position: string): CompletedEvent => ({
  payload: Buffer.from(position),
  place: { cursor: `c-${position}`, position },
});

describe("a member", () => {
  let writes: string[][];
  let unsent: number;
  let ended: unknown[];
  let member: Member;
  beforeEach(() => {
    writes = [];
    unsent = 0;
    ended = [];
    const subscriber = {
      next: (events: readonly CompletedEvent[]) =>
        void writes.push(events.map(({ payload }) => payload.toString())),
      end: (error: unknown) => void ended.push(error),
      unsent: () => unsent,
    };
    member = new Member(
      subscriber,
      undefined,
      () => ({}),
      () => undefined,
    );
  });

  test("is sent in one write what comes together, and of it only what it has not had", () => {
    member.send(["1", "2"].map(event));
    member.send(["1", "2", "3", "4"].map(event));
    member.send(["3", "4"].map(event));
    expect(writes).toEqual([
      ["1", "2"],
      ["3", "4"],
    ]);
    expect(member.cursor).toBe("c-4");
  });

  test("that does not keep up is sent nothing more, and told where to go on", () => {
    member.send([event("1")]);
    unsent = 2 ** 21;
    member.send(["2", "3"].map(event));
    member.send([event("4")]);
    expect(writes).toEqual([["1"]]);
    expect(ended).toEqual([
      expect.objectContaining({ extensions: { code: "SLOW_CONSUMER", cursor: "c-1" } }) as object,
    ]);
  });
});

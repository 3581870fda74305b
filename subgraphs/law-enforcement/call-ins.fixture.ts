import { CORA, DAN, type Contacts, type Man, type Told } from "./contacts.fixture";
import type { Who } from "./door.fixture";

export interface Invitation {
  readonly id: string;
  readonly state: string;
  readonly person: { readonly id: string } | null;
  readonly callIn?: { readonly id: string } | null;
}
export interface CallIn {
  readonly id: string;
  readonly state: string;
  readonly invitations: readonly Invitation[];
}
const CALL_IN = "id state invitations { id state person { id } callIn { id } }";
const SHOWN = `callIn { ${CALL_IN} place plannedFor plannedBy closedBy speakers { name role kind } } named { id problem }`;
export const callInOf = (told: Told) => told["callIn"] as CallIn;

export const SPEAKERS = [
  { name: "Ruth Example", role: "mother of a victim", kind: "COMMUNITY_VOICE" },
  { name: "Sam Example", role: "case manager", kind: "SERVICES" },
  { name: "Pat Example", role: "prosecutor", kind: "JUSTICE" },
];
/** What is told and asked of call-ins at a site. */
export function callInsOf(site: Contacts) {
  const plan = (men: readonly Man[], more: object = {}, who: Who = CORA) =>
    site.tell(
      who,
      "planCallIn",
      {
        ...{ plannedFor: site.at(5), place: "Town hall", speakers: SPEAKERS },
        invited: men.map(({ personId }) => ({ personId, level: "B" })),
        ...more,
      },
      SHOWN,
    );
  const planned = async (men: readonly Man[], more: object = {}): Promise<CallIn> =>
    callInOf(await plan(men, more));
  const contactWith = (callIn: CallIn, { personId }: Man): string =>
    callIn.invitations.find(({ person }) => person?.id === personId)!.id;
  async function release(callIn: CallIn, man: Man): Promise<void> {
    await site.notify(man);
    expect((await site.release(contactWith(callIn, man))).problem).toBeNull();
  }
  const attendance = (
    callIn: CallIn,
    came: readonly (readonly [contactId: string, came: string])[],
    more: object = {},
    who: Who = DAN,
  ) =>
    site.tell(
      who,
      "recordAttendance",
      {
        ...{ callInId: callIn.id, expects: "PLANNED", heldAt: site.now().toISOString(), ledBy: "Cora" },
        attendance: came.map(([contactId, word]) => ({ contactId, came: word })),
        ...more,
      },
      SHOWN,
    );
  const inviteMore = (callIn: CallIn, men: readonly Man[], more: object = {}) =>
    site.tell(
      CORA,
      "inviteToCallIn",
      {
        ...{ callInId: callIn.id, expects: "PLANNED" },
        invited: men.map(({ personId }) => ({ personId, level: "B" })),
        ...more,
      },
      SHOWN,
    );
  const cancel = (callIn: CallIn, more: object = {}, who: Who = CORA) =>
    site.tell(who, "cancelCallIn", { callInId: callIn.id, expects: "PLANNED", ...more }, SHOWN);
  const seen = async (who: Who, id: string): Promise<CallIn | null> =>
    (await site.ask<{ callIn: CallIn | null }>(who, `{ callIn(id: "${id}") { ${CALL_IN} } }`)).callIn;
  const changes = async (contactId: string) =>
    (await site.eventsOf(contactId)).map(({ facts }) => facts["change"]);
  const men = (count: number) => Promise.all(Array.from({ length: count }, () => site.manAt("B")));
  const countOf = async (table: string) =>
    (await site.database.query<{ count: string }[]>(`SELECT count(*) FROM ${table}`))[0]!.count;

  return { plan, planned, contactWith, release, attendance, inviteMore, cancel, seen, changes, men, countOf };
}

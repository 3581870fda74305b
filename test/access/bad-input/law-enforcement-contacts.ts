import type { Man } from "../../../subgraphs/law-enforcement/contacts.fixture";
import type { Who } from "../../../subgraphs/law-enforcement/door.fixture";
import { CORA, CUT_COORDINATOR, CUT_DETECTIVE, CUT_PROSECUTOR, DAN, PAGE, PAST, PAT, type County } from "./county"; // prettier-ignore
import type { Story, Table } from "./sweep";

/** Every mutation of contacts, of call-ins, of what victims are told before them, and of letters. */
export function contactsTable(county: County): Table<Who> {
  const { manAt, at, now, one } = county;
  const by = { by: DAN, stranger: CUT_DETECTIVE };
  const byCoordinator = { by: CORA, stranger: CUT_COORDINATOR };
  const messenger = { messenger: "mo", messengerAgency: "street-voices" };
  const plan = ({ personId }: Man) => ({
    ...{ personId, level: "C", means: "NOTIFICATION", plannedFor: at(5), place: "Library" },
    ...{ ...messenger, helpOffered: true },
  });
  const planned = async ({ tell }: Story<Who>) => tell("planContact", DAN, plan(await manAt("C")));
  const released = async (story: Story<Who>) => {
    const contactId = await planned(story);
    await story.tell("releaseContact", CORA, { contactId, expects: "PLANNED" });
    return contactId;
  };
  const place = () => ({ madeAt: now().toISOString(), madeBy: "Dan", place: "Library", message: "The law.", helpOffered: true }); // prettier-ignore
  const callIn = async () => ({
    ...{ plannedFor: at(5), place: "Town hall", ...messenger, helpOffered: true },
    invited: [{ personId: (await manAt("B")).personId, level: "B" }],
    speakers: [{ name: "Ruth Example", role: "mother", kind: "COMMUNITY_VOICE" }],
  });
  const callInId = async ({ tell }: Story<Who>) => tell("planCallIn", CORA, await callIn());
  const contactOf = (id: string) => one("SELECT id FROM contact WHERE call_in_id = $1", id);
  const letter = async ({ tell }: Story<Who>) => {
    const { personId } = await manAt("B");
    return tell("draftLetter", DAN, { personId, kind: "CUSTOM_NOTIFICATION", language: "en", exposure: "Five years." }); // prettier-ignore
  };
  return {
    planContact: { ...by, input: async () => plan(await manAt("C")) },
    releaseContact: {
      ...byCoordinator,
      input: (story) => ({ contactId: story.id("planContact"), expects: "PLANNED" }),
    },
    recordContact: {
      ...by,
      input: (story) => ({
        ...{ contactId: story.id("planContact"), expects: "RELEASED" },
        ...{ ...place(), outcome: "MADE" },
      }),
      longest: { message: PAGE },
    },
    recordBreach: {
      ...by,
      input: async (story) => ({ contactId: await planned(story), expects: "PLANNED", ...place() }),
      longest: { message: PAGE },
      // What took place before anybody planned it is a breach too.
      fine: { madeAt: PAST },
    },
    recordUnplannedBreach: {
      ...by,
      input: async () => ({ personId: (await manAt("C")).personId, means: "LETTER", ...place() }),
      longest: { message: PAGE },
      fine: { madeAt: PAST },
    },
    recallContact: {
      ...byCoordinator,
      input: async (story) => ({ contactId: await released(story), expects: "RELEASED", reason: "OTHER" }),
    },
    cancelContact: {
      ...by,
      input: async (story) => ({ contactId: await planned(story), expects: "PLANNED" }),
    },
    reviewBreach: {
      ...byCoordinator,
      input: async (story) => ({
        breachId: await one("SELECT id FROM gate_breach WHERE contact_id = $1", story.id("recordBreach")),
        review: "He met him in the street.",
      }),
      longest: { review: PAGE },
    },
    planCallIn: { ...byCoordinator, input: callIn },
    inviteToCallIn: {
      ...byCoordinator,
      input: async (story) => ({
        ...{ callInId: story.id("planCallIn"), expects: "PLANNED" },
        invited: [{ personId: (await manAt("B")).personId, level: "B" }],
      }),
    },
    recordAttendance: {
      ...by,
      input: async (story) => {
        const id = await callInId(story);
        return {
          ...{ callInId: id, expects: "PLANNED", heldAt: now().toISOString(), ledBy: "Cora" },
          ...{ message: "The law.", helpOffered: true },
          attendance: [{ contactId: await contactOf(id), came: "ATTENDED" }],
        };
      },
      longest: { message: PAGE },
      // Who came without a release was contacted, whenever it was.
      fine: { heldAt: PAST },
    },
    cancelCallIn: {
      ...byCoordinator,
      input: async (story) => ({ callInId: await callInId(story), expects: "PLANNED" }),
    },
    recordVictimNotice: {
      ...by,
      input: async () => ({ caseId: (await manAt("B")).cases[0], madeAt: now().toISOString() }),
      fine: { madeAt: PAST },
    },
    recordVictimAttempt: {
      ...by,
      input: async () => ({
        caseId: (await manAt("B")).cases[0],
        ...{ madeAt: now().toISOString(), outcome: "NOT_REACHED" },
      }),
      fine: { madeAt: PAST },
    },
    signOffAttempts: {
      ...byCoordinator,
      input: async ({ tell }) => {
        const man = await manAt("B");
        const caseId = man.cases[0];
        const contactId = await tell("planContact", DAN, { ...plan(man), level: "B", means: "CUSTOM_NOTIFICATION" }); // prettier-ignore
        for (let count = 0; count < 3; count++) {
          const attempt = { caseId, madeAt: now().toISOString(), outcome: "NOT_REACHED" };
          await tell("recordVictimAttempt", DAN, attempt);
        }
        return { contactId, caseId };
      },
    },
    draftLetter: {
      ...by,
      input: async () => ({
        personId: (await manAt("B")).personId,
        ...{ kind: "CUSTOM_NOTIFICATION", language: "en", exposure: "Five years." },
      }),
      longest: { exposure: PAGE },
    },
    approveLetter: {
      by: PAT,
      stranger: CUT_PROSECUTOR,
      input: (story) => ({ letterId: story.id("draftLetter"), expects: "DRAFTED" }),
    },
    recordLetterServed: {
      ...by,
      input: async ({ id, tell }) => {
        const letterId = id("draftLetter");
        const personId = await one("SELECT person_id FROM exposure_letter WHERE id = $1", letterId);
        const caseId = await one("SELECT id FROM case_file WHERE person_id = $1", personId);
        const man = { personId, cases: [caseId] };
        const contactId = await tell("planContact", DAN, { ...plan(man), level: "B", means: "CUSTOM_NOTIFICATION" }); // prettier-ignore
        await tell("recordVictimNotice", DAN, { caseId, madeAt: now().toISOString() });
        await tell("releaseContact", CORA, { contactId, expects: "PLANNED" });
        return {
          ...{ letterId, contactId, expects: "REVIEWED", servedAt: now().toISOString() },
          ...{ how: "HANDED_OVER", servedBy: "Dan" },
        };
      },
    },
    withdrawLetter: {
      ...by,
      input: async (story) => ({ letterId: await letter(story), expects: "DRAFTED" }),
    },
  };
}

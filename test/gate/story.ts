import type { Agencies } from "./agencies";
import { MEANS_OF, ModelContact, ModelMan, type Level, type Means } from "./model";
import type { Meanwhile, Step } from "./steps";

/** A difference between what the rules say and what the agencies did. */
export class Differs extends Error {}

function same(what: string, said: unknown, did: unknown): void {
  if (said !== did) throw new Differs(`${what}: the rules say ${String(said)}, the agencies ${String(did)}`);
}

/** How often the agencies did what the whole is about. */
export type Tally = Map<string, number>;

const turn = <Thing>(things: readonly Thing[], number: number): Thing | undefined =>
  things[number % things.length];

interface Case {
  readonly id: string;
  readonly man: ModelMan;
  readonly victim: ModelMan["victims"][number];
}

/** One story, told to the agencies and to the model at once; each step compares what came of it. */
export class Story {
  private readonly men: { readonly id: string; readonly model: ModelMan }[] = [];
  private readonly cases: Case[] = [];
  private readonly contacts: { readonly id: string; readonly model: ModelContact }[] = [];
  private readonly callIns: { readonly id: string; isPlanned: boolean; readonly invited: ModelContact[] }[] =
    [];

  constructor(
    private readonly agencies: Agencies,
    private readonly tally: Tally,
  ) {}

  async begin(levels: readonly (Level | null)[]): Promise<void> {
    for (const level of levels) {
      const man = { id: await this.agencies.man(), model: new ModelMan() };
      this.men.push(man);
      await this.openCase(man);
      if (level !== null) await this.confirm(man, level);
    }
  }

  private async openCase({ id, model }: Story["men"][number]): Promise<void> {
    const caseId = await this.agencies.caseOf(id);
    model.knows(this.agencies.now());
    this.cases.push({ id: caseId, man: model, victim: model.victims.at(-1)! });
  }

  private async confirm({ id, model }: Story["men"][number], level: Level): Promise<void> {
    // Upward only: A stands above B, B above C.
    if (model.level !== null && level >= model.level) return;
    await this.agencies.confirm(id, level);
    model.level = level;
  }

  private contactOf(number: number): Story["contacts"][number] | undefined {
    const latest = [...this.contacts].reverse();
    const isAhead = (one: Story["contacts"][number]) => one.model.isAhead;
    return turn([...latest.filter(isAhead), ...latest.filter((one) => !isAhead(one))], number);
  }

  private planned(id: string, man: ModelMan): ModelContact {
    const contact = new ModelContact(man, man.level!, this.agencies.now());
    this.contacts.push({ id, model: contact });
    return contact;
  }

  private mayPlan = ({ level }: ModelMan, means: Means) => level !== null && MEANS_OF[level].includes(means);

  /** Does one step. @throws Differs where the agencies do otherwise than the rules say. */
  async take(step: Step): Promise<void> {
    const { agencies } = this;
    switch (step.what) {
      case "plan": {
        const { id, model } = this.men[step.man]!;
        const contactId = await agencies.plan(id, model.level ?? "B", step.means);
        same("planned", this.mayPlan(model, step.means), contactId !== null);
        if (contactId !== null) this.planned(contactId, model);
        return;
      }
      case "plan-call-in": {
        const men = step.men.map((one) => this.men[one]!);
        const id = await agencies.planCallIn(men.map((man) => man.id));
        same("call-in planned", men.every(({ model }) => this.mayPlan(model, "call-in")), id !== null); // prettier-ignore
        if (id === null) return;
        const contacts = await agencies.invitations(id);
        const invited = men.map((man) => this.planned(contacts.get(man.id)!, man.model));
        this.callIns.push({ id, isPlanned: true, invited });
        return;
      }
      case "invite": {
        const callIn = turn([...this.callIns].reverse(), step.callIn);
        if (callIn === undefined) return;
        const { id, model } = this.men[step.man]!;
        const isThere = callIn.invited.some(({ man, isAhead }) => man === model && isAhead);
        const invited = await agencies.invite(callIn.id, id);
        same("invited", callIn.isPlanned && !isThere && this.mayPlan(model, "call-in"), invited);
        if (!invited) return;
        const contactId = (await agencies.invitations(callIn.id)).get(id)!;
        callIn.invited.push(this.planned(contactId, model));
        return;
      }
      case "cancel-call-in": {
        const callIn = turn([...this.callIns].reverse(), step.callIn);
        if (callIn === undefined) return;
        same("call-in cancelled", callIn.isPlanned, await agencies.cancelCallIn(callIn.id));
        if (!callIn.isPlanned) return;
        callIn.isPlanned = false;
        for (const contact of callIn.invited) if (contact.isAhead) contact.state = "cancelled";
        return;
      }
      case "attend": {
        const callIn = turn([...this.callIns].reverse(), step.callIn);
        const ahead = callIn?.invited.filter(({ isAhead }) => isAhead) ?? [];
        if (callIn === undefined || ahead.length === 0) return;
        const ids = this.contacts.filter(({ model }) => ahead.includes(model)).map(({ id }) => id);
        const now = agencies.now();
        same("attendance recorded", true, await agencies.attend(callIn.id, ids));
        callIn.isPlanned = false;
        for (const contact of ahead) this.meet(contact, now);
        return;
      }
      case "notice": {
        const of = this.cases.filter(({ man }) => man === this.men[step.man]!.model);
        for (const one of step.all ? of : [turn(of, step.victim)!]) await this.tell(one, step.hoursAgo);
        return;
      }
      case "attempt": {
        const { id, victim } = turn(this.cases.filter(({ man }) => man === this.men[step.man]!.model), step.victim)!; // prettier-ignore
        for (let time = 0; time < step.times; time++)
          victim.attempts.push({ by: step.by, recordedAt: await agencies.attempt(id, step.by) });
        return;
      }
      case "sign-off": {
        const contact = this.contactOf(step.contact);
        if (contact === undefined) return;
        const of = turn(this.cases.filter(({ man }) => man === contact.model.man), step.victim)!; // prettier-ignore
        const signed = await agencies.signOff(contact.id, of.id, step.by);
        same("signed", contact.model.maySign(of.victim, step.by), signed);
        if (signed) of.victim.signedFor.add(contact.model);
        if (signed) this.count("signed off");
        return;
      }
      case "hold": {
        const contact = this.contactOf(step.contact);
        if (contact === undefined) return;
        const until = await agencies.hold(step.by, contact.id, step.hours);
        contact.model.holds.push({ by: step.by, until, withdrawn: false });
        return;
      }
      case "withdraw-hold": {
        const contact = this.contactOf(step.contact);
        if (contact === undefined) return;
        const hers = contact.model.holds.filter(
          ({ by, until, withdrawn }) => by === step.by && !withdrawn && until > agencies.now() + 1,
        );
        same("hold withdrawn", hers.length > 0, await agencies.withdrawHolds(step.by, contact.id));
        for (const hold of hers) hold.withdrawn = true;
        return;
      }
      case "cancel": {
        const contact = this.contactOf(step.contact);
        if (contact !== undefined) await this.cancel(contact);
        return;
      }
      case "recall": {
        const contact = this.contactOf(step.contact);
        if (contact === undefined) return;
        const isReleased = contact.model.state === "released";
        same("recalled", isReleased, await agencies.recall(contact.id));
        if (isReleased) contact.model.state = "recalled";
        if (isReleased) this.count("recalled");
        return;
      }
      case "make": {
        const contact = this.contactOf(step.contact);
        if (contact === undefined || contact.model.state === "made" || contact.model.state === "breached")
          return;
        const now = agencies.now();
        const made = await agencies.make(contact.id);
        same("met as", this.meet(contact.model, now), made);
        return;
      }
      case "another-case": {
        const man = this.men[step.man]!;
        if (man.model.victims.length < 3) await this.openCase(man);
        return;
      }
      case "confirm":
        return this.confirm(this.men[step.man]!, step.level);
      case "clock":
        return agencies.wait(step.minutes);
      case "release":
        return this.release(step);
      case "by-hand": {
        const contact = this.contactOf(step.contact);
        if (contact === undefined) return;
        // The database cannot know of a hold; it holds out for an answer of this very transaction.
        const open = step.to === "released" && step.cleared && contact.model.isOpenToPolice(agencies.now());
        same(`${step.to} by hand`, open, await agencies.byHand(contact.id, step.to, step.cleared));
        this.count(open ? "by hand: passed" : "by hand: refused");
        return;
      }
    }
  }

  private async tell({ id, victim, man }: Case, hoursAgo: number): Promise<void> {
    const { agencies } = this;
    const madeAt = agencies.now() - hoursAgo * 3_600_000;
    const ahead = this.contacts.filter(({ model }) => model.man === man && model.isAhead);
    const ofAnEarlierPlan = ahead.some(({ model }) => madeAt < model.plannedAt);
    const told = await agencies.notice(id, hoursAgo);
    // What came before a plan is no notice of it; whether it is written down at all is the agencies' to say.
    if (!ofAnEarlierPlan) same("notice recorded", true, told !== null);
    if (told !== null) victim.notices.push(told);
  }

  private meet(contact: ModelContact, now: number): "made" | "breached" {
    contact.state = contact.mayBeMade(now) ? "made" : "breached";
    this.count(contact.state);
    return contact.state;
  }

  private async cancel({ id, model }: Story["contacts"][number]): Promise<void> {
    same("cancelled", model.isAhead, await this.agencies.cancel(id));
    if (model.isAhead) model.state = "cancelled";
  }

  private async release(step: Extract<Step, { what: "release" }>): Promise<void> {
    const { agencies } = this;
    const contact = this.contactOf(step.contact);
    if (contact === undefined) return;
    const { model, id } = contact;
    const man = this.men.find((one) => one.model === model.man)!;
    const happens: Readonly<Record<Meanwhile, () => Promise<void>>> = {
      "another-case": () => this.openCase(man),
      "level-a": () => this.confirm(man, "A"),
      cancel: async () => (model.isAhead ? this.cancel(contact) : undefined),
    };
    const wasSaid = step.advocacy === "answers" && !model.isHeld(agencies.now());
    const isReleased = await agencies.release(id, step.advocacy, async () => {
      if (step.meanwhile !== null) await happens[step.meanwhile]();
    });
    const open = wasSaid && model.isOpenToPolice(agencies.now());
    same(`released (${step.advocacy}, ${step.meanwhile ?? "nothing"} meanwhile)`, open, isReleased);
    this.count(isReleased ? `released at ${model.level}` : `refused: ${step.advocacy}`);
    if (!isReleased) return;
    model.state = "released";
    model.releasedAt = agencies.now();
  }

  /** @throws Differs where a contact stands otherwise than the rules say. */
  async end(): Promise<void> {
    const states = await this.agencies.statesOf(this.contacts.map(({ id }) => id));
    for (const [index, { model }] of this.contacts.entries()) same("stands", model.state, states[index]);
  }

  private count(what: string): void {
    this.tally.set(what, (this.tally.get(what) ?? 0) + 1);
  }
}

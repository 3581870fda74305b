import { Args, Ctx, Field, ObjectType, Resolver, Root, Subscription } from "type-graphql";
import type { OutboxEvent } from "../../../../platform/outbox/outbox";
import { eventsOf } from "../../../../platform/subgraph/event-streams";
import type { LawEnforcementContext } from "../context";
import { ConfirmedLevel, LevelProposal, confirmedLevelOf, levelProposalOf } from "../level";
import { EventArguments, PersonEvent, aboutPerson } from "./about-person";

@ObjectType({ description: "A level was confirmed, or, told to justice roles alone, proposed." })
export class LevelChange extends PersonEvent {
  @Field(() => ConfirmedLevel, { nullable: true, description: "The level that was confirmed." })
  confirmed!: ConfirmedLevel | null;

  @Field(() => LevelProposal, { nullable: true, description: "The proposal that was made." })
  proposed!: LevelProposal | null;
}

@Resolver()
export class LevelChanges {
  @Subscription(() => LevelChange, {
    nullable: true,
    subscribe: eventsOf("level"),
    description: "Levels of the persons whom the reader may see: confirmed, and to justice roles proposed.",
  })
  async levelChanges(
    @Root() event: OutboxEvent,
    @Args(() => EventArguments) wanted: EventArguments,
    @Ctx() context: LawEnforcementContext,
  ): Promise<LevelChange | null> {
    const about = await aboutPerson(event, wanted, context);
    if (!about) return null;
    const { loaders, scopes } = context;
    const { confirmationId = "", proposalId = "" } = event.facts;
    if (event.facts["change"] === "confirmed") {
      const row = await loaders.confirmation.load(confirmationId);
      if (row?.personId !== about.person.id) return null;
      return { ...about, confirmed: confirmedLevelOf(row), proposed: null };
    }
    // That there is a proposal tells what it rests on: to those who may read the reasons.
    const row = scopes.has("tier-reasons:F") ? await loaders.proposal.load(proposalId) : null;
    if (row?.personId !== about.person.id) return null;
    return { ...about, confirmed: null, proposed: levelProposalOf(row) };
  }
}

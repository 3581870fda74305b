import { Ctx, Directive, FieldResolver, Resolver, Root } from "type-graphql";
import { Case } from "./case";
import { Client, ClientContact, SafetyPlan } from "./client";
import type { AdvocacyContext } from "./context";
import { Outreach } from "./outreach";
import { Release } from "./release";

/**
 * The records of a case. `assignedAgency` says which agency's database could hold them, for readers who are no
 * advocates; a field that requires another one has to state that field's requirement (known caller) too.
 */
@Resolver(() => Case)
export class CaseResolver {
  @Directive('@requires(fields: "assignedAgency")')
  @Directive("@authenticated")
  @FieldResolver(() => Client, {
    nullable: true,
    description: "The victim as client; null: none you may know of.",
  })
  async client(@Root() root: Case, @Ctx() { rows }: AdvocacyContext) {
    return (await rows.recordsOf(root, "client"))?.client(root.id) ?? null;
  }

  @Directive('@requires(fields: "assignedAgency")')
  @Directive("@authenticated")
  @FieldResolver(() => ClientContact, { nullable: true, description: "How her agency reaches her." })
  async clientContact(@Root() root: Case, @Ctx() { rows }: AdvocacyContext) {
    return (await rows.recordsOf(root, "client-contact"))?.client(root.id) ?? null;
  }

  @Directive('@requires(fields: "assignedAgency")')
  @Directive("@authenticated")
  @FieldResolver(() => [Outreach], {
    nullable: true,
    description: "Outreach to the victim, newest first; null: no case of your agency.",
  })
  async outreach(@Root() root: Case, @Ctx() { rows }: AdvocacyContext) {
    return (await rows.recordsOf(root, "outreach-advocacy"))?.outreach(root.id) ?? null;
  }

  @Directive('@requires(fields: "assignedAgency")')
  @Directive("@authenticated")
  @FieldResolver(() => SafetyPlan, {
    nullable: true,
    description: "The client's safety plan, if there is one.",
  })
  async safetyPlan(@Root() root: Case, @Ctx() { rows }: AdvocacyContext) {
    return (await rows.recordsOf(root, "safety-plan"))?.safetyPlan(root.id) ?? null;
  }

  @FieldResolver(() => [Release], {
    nullable: true,
    description:
      "Releases of information of your agency's client, newest first, ended ones too; null: no case of your agency.",
  })
  async releases(@Root() root: Case, @Ctx() { rows }: AdvocacyContext) {
    return (await rows.recordsOf(root, "releases"))?.releases(root.id) ?? null;
  }
}

import type { MigrationInterface, QueryRunner } from "typeorm";

/** What the abusive partner needs, who can help, and what help was promised. Persons are the hub's opaque ids. */
export class NeedsAndPromises1763700000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE provider (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        -- The agency's id in site/partners.json.
        agency text NOT NULL UNIQUE,
        name text NOT NULL,
        languages text[] NOT NULL DEFAULT '{}',
        -- How many persons it can take now.
        capacity integer NOT NULL CHECK (capacity >= 0)
      );

      CREATE TABLE need (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        person_id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('housing', 'employment', 'education', 'transport', 'food', 'documents',
                                           'parenting', 'mental-health', 'substance-use', 'legal-help')),
        stated_at timestamptz NOT NULL,
        -- He told them to pass it on.
        passed_on boolean NOT NULL DEFAULT false,
        UNIQUE (person_id, kind)
      );

      CREATE TABLE help_promise (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        person_id uuid NOT NULL,
        text text NOT NULL CHECK (length(text) > 0),
        due_on date NOT NULL,
        owner_agency text NOT NULL,
        state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'kept', 'broken', 'withdrawn')),
        recorded_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX help_promise_person ON help_promise (person_id, due_on);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE help_promise, need, provider`);
  }
}

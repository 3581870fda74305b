import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Releases of information: a client's written, informed, time-limited leave to tell (VAWA 34 U.S.C. 12291(b)(2)). What
 * was signed is never altered and never deleted; it ends by its expiry or by a revocation, a row of its own.
 */
export class Releases1763800000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE release (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        -- Its subject: the client of this case.
        case_id uuid NOT NULL REFERENCES client (case_id),
        -- The agency that may tell. A database opened under another agency's name opens nothing.
        discloser text NOT NULL CHECK (length(discloser) > 0),
        recipient_agency text NOT NULL CHECK (length(recipient_agency) > 0),
        -- One person of it, by the token's subject; null: the agency.
        recipient_subject text CHECK (length(recipient_subject) > 0),
        -- As printed on the paper.
        recipient_name text NOT NULL CHECK (length(recipient_name) BETWEEN 1 AND 200),
        elements text[] NOT NULL CHECK (cardinality(elements) > 0
          AND elements <@ ARRAY['client', 'client-contact', 'advocate-risk', 'outreach-advocacy']),
        purpose text NOT NULL CHECK (length(purpose) BETWEEN 1 AND 1000),
        starts_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        language text NOT NULL,
        explained_by text NOT NULL CHECK (length(explained_by) BETWEEN 1 AND 200),
        -- Where the signed paper is kept.
        signed_copy text NOT NULL CHECK (length(signed_copy) BETWEEN 1 AND 200),
        recorded_at timestamptz NOT NULL,
        -- The advocate, by the token's subject.
        recorded_by text NOT NULL CHECK (length(recorded_by) > 0),
        -- Told again under the same key it is the same release, and the digest tells whether it was told alike.
        mutation_key text NOT NULL,
        input_digest text NOT NULL,
        UNIQUE (recorded_by, mutation_key),
        CHECK (expires_at > starts_at),
        -- It opens nothing before it is recorded (a minute: clocks differ), and no longer than a year after.
        CHECK (recorded_at - starts_at <= interval '1 minute'),
        CHECK (expires_at - recorded_at <= interval '365 days')
      );
      -- By reader first: a case without a release that names the reader is missed alike, client or stranger.
      CREATE INDEX release_reader ON release (recipient_agency, coalesce(recipient_subject, ''), case_id);
      CREATE INDEX release_case ON release (case_id, recorded_at DESC);

      CREATE TABLE release_revocation (
        release_id uuid PRIMARY KEY REFERENCES release,
        revoked_at timestamptz NOT NULL,
        revoked_by text NOT NULL CHECK (length(revoked_by) > 0),
        mutation_key text NOT NULL,
        UNIQUE (revoked_by, mutation_key)
      );

      CREATE FUNCTION refuse_change_of_releases() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
      END $$;
      CREATE TRIGGER release_append_only BEFORE UPDATE OR DELETE ON release
        FOR EACH ROW EXECUTE FUNCTION refuse_change_of_releases();
      CREATE TRIGGER release_revocation_append_only BEFORE UPDATE OR DELETE ON release_revocation
        FOR EACH ROW EXECUTE FUNCTION refuse_change_of_releases();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE release_revocation, release; DROP FUNCTION refuse_change_of_releases()`);
  }
}

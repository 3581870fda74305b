/** The table of what an agency took on at conferences, in its own schema; a migration of each agency makes it. */
export const CONFERENCE_ACTION_TABLE = `
  CREATE TABLE conference_action (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    conference_id uuid NOT NULL,
    about_id uuid,
    text text NOT NULL CHECK (length(text) BETWEEN 1 AND 200),
    owner_agency text NOT NULL,
    owner text NOT NULL,
    due_on date NOT NULL,
    state text NOT NULL CHECK (state IN ('open', 'done', 'dropped')),
    recorded_by text NOT NULL,
    recorded_at timestamptz NOT NULL,
    closed_at timestamptz,
    closed_by text,
    CHECK ((state = 'open') = (closed_at IS NULL) AND (closed_at IS NULL) = (closed_by IS NULL))
  );
  CREATE INDEX conference_action_conference ON conference_action (conference_id);
`;

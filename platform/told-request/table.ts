/** The table of what was told under a key, in the agency's own schema; a migration of each agency makes it. */
export const TOLD_REQUEST_TABLE = `
  CREATE TABLE told_request (
    agency text NOT NULL,
    subject text NOT NULL,
    key uuid NOT NULL,
    -- Of the mutation and its input.
    digest text NOT NULL,
    -- The record that came of it; null while it is being written.
    record_id uuid,
    told_at timestamptz NOT NULL,
    PRIMARY KEY (agency, subject, key)
  );
`;

import { Client } from "pg";

/** Runs one statement as the database's owner. */
export async function sql<Row = Record<string, unknown>>(
  url: string,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text, values)).rows as Row[];
  } finally {
    await client.end();
  }
}

interface Referred {
  readonly agency: string;
  readonly service?: string;
  readonly state?: string;
  readonly consented?: boolean;
  /** Whether the partners may know of it, once he agreed. */
  readonly known?: boolean;
  readonly referredAt?: string;
  /** Whether he came, by day. */
  readonly days?: Readonly<Record<string, boolean>>;
  /** A Part 2 consent, if there is one. */
  readonly consent?: { readonly to: string; readonly expiresAt: string; readonly revokedAt?: string };
}

/** Records a referral with what hangs on it; answers its id. Treatment of substance use is marked as Part 2. */
export async function refer(url: string, personId: string, referred: Referred): Promise<string> {
  const {
    agency,
    service = "employment",
    state = "accepted",
    consented = true,
    known = true,
    days = {},
    consent,
  } = referred;
  const { referredAt = "2026-01-10T00:00:00Z" } = referred;
  const [row] = await sql<{ id: string }>(
    url,
    `INSERT INTO referral (person_id, provider_agency, service, part2, state, consented_at, referred_at,
       partners_may_know)
     VALUES ($1, $2, $3, $3 = 'substance-use-treatment', $4, CASE WHEN $5 THEN $6::timestamptz END, $6, $5 AND $7)
     RETURNING id`,
    [personId, agency, service, state, consented, referredAt, known],
  );
  for (const [day, attended] of Object.entries(days)) {
    await sql(
      url,
      "INSERT INTO engagement (referral_id, attended_on, attended, recorded_by) VALUES ($1, $2, $3, 'p')",
      [row!.id, day, attended],
    );
  }
  if (consent) {
    await sql(
      url,
      `INSERT INTO part2_consent (referral_id, recipient_agency, given_at, expires_at, revoked_at)
       VALUES ($1, $2, '2026-01-10Z', $3, $4)`,
      [row!.id, consent.to, consent.expiresAt, consent.revokedAt ?? null],
    );
  }
  return row!.id;
}

import type { MigrationInterface, QueryRunner } from "typeorm";

/** Of which orders it was told that they are about to expire. */
export class OrderExpiry1764100000700 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE order_expiry_notice (
        order_id uuid NOT NULL REFERENCES order_of_protection,
        -- The day it was told for: an order that is prolonged is told of again.
        expires_on date NOT NULL,
        told_at timestamptz NOT NULL,
        -- Several processes look for what is due; one of them tells it.
        PRIMARY KEY (order_id, expires_on)
      );
      CREATE INDEX order_by_expiry ON order_of_protection (expires_on);
      REVOKE UPDATE, DELETE, TRUNCATE ON order_expiry_notice FROM CURRENT_USER;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP INDEX order_by_expiry; DROP TABLE order_expiry_notice");
  }
}

import type { Migration } from './migration.ts'

/**
 * A claim names its sender, so that each of several senders finds its own orphans. It is cleared with the result:
 * it has no meaning afterwards, and a message on disk then costs one byte for it. No index: orphans are searched once
 * per start, in the id ranges of the deliveries that have messages in flight.
 */
export const claimOwner: Migration = {
  name: '0011-claim-owner',
  sql: `
    -- The sender that has the message in flight; null otherwise.
    ALTER TABLE messages ADD COLUMN claimedBy INTEGER;
    -- The gateway asked to wait until then; null when a wait is our own.
    ALTER TABLE messages ADD COLUMN heldUntil INTEGER;
  `,
}

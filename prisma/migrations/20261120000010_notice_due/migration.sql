-- What the alerter asks for every half second: which notices are due, and what else their channel has waiting.
-- Partial, so that delivered notices cost nothing. Prisma's schema cannot express the condition.
CREATE INDEX "notice_due_idx" ON "notice" ("next_attempt_at") WHERE "status" = 'pending';
CREATE INDEX "notice_waiting_idx" ON "notice" ("channel_id", "endpoint_id") WHERE "status" = 'pending';

-- Silences and snoozes
ALTER TABLE "endpoint" ADD COLUMN "silenced_until" TIMESTAMPTZ(3), ADD COLUMN "silenced_by" TEXT;
ALTER TABLE "incident" ADD COLUMN "snoozed_until" TIMESTAMPTZ(3);

-- Quiet hours, reminders, escalation, health and rate limits of channels
ALTER TABLE "channel" ADD COLUMN "failures" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "unhealthy_at" TIMESTAMPTZ(3),
ADD COLUMN "limited_until" TIMESTAMPTZ(3),
ADD COLUMN "quiet_hours" JSONB NOT NULL DEFAULT 'null',
ADD COLUMN "remind_minutes" INTEGER,
ADD COLUMN "escalation" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN "standby" BOOLEAN NOT NULL DEFAULT false;

-- Grouped, held and repeated notices
ALTER TABLE "notice" ADD COLUMN "group_keys" TEXT[],
ADD COLUMN "group_open" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN "leader_id" TEXT,
ADD COLUMN "group_size" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN "follow_up" TEXT,
ADD COLUMN "held_until" TIMESTAMPTZ(3),
ADD COLUMN "held_by" TEXT;
CREATE INDEX "notice_leader_id_idx" ON "notice"("leader_id");
CREATE INDEX "notice_organization_id_id_idx" ON "notice"("organization_id", "id");

-- What the alerter and the watch for reminders ask again and again. Prisma's schema cannot express the conditions.
CREATE INDEX "notice_group_open_idx" ON "notice" ("channel_id", "next_attempt_at") WHERE "status" = 'pending' AND "group_open";
CREATE INDEX "notice_held_idx" ON "notice" ("endpoint_id") WHERE "status" = 'pending' AND "held_by" IS NOT NULL;

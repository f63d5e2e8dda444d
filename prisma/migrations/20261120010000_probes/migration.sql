-- Probe rows are narrow and partitioned by day, which Prisma cannot express, so these tables live in SQL alone
-- (docs/adr/0003-storage.md). The janitor makes partitions ahead and drops those beyond retention.

CREATE TABLE "region" (
    "id" SMALLINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    "name" TEXT NOT NULL UNIQUE
);

-- One row a probe. kind: 0 scheduled, 1 recheck, 2 manual. verdict: 0 up, 1 degraded, 2 down, 3 gated, 4 unknown.
-- Step columns are milliseconds × 10 (0.1 ms), null where the step did not happen.
CREATE TABLE "probe" (
    "slot" TIMESTAMPTZ(3) NOT NULL,
    "endpoint_seq" INTEGER NOT NULL,
    "start_offset_ms" INTEGER NOT NULL,
    "duration_ms" INTEGER NOT NULL,
    "dns" INTEGER,
    "tcp" INTEGER,
    "tls" INTEGER,
    "handshake" INTEGER,
    "initialized" INTEGER,
    "list" INTEGER,
    "close" INTEGER,
    "tool_count" INTEGER,
    "region_id" SMALLINT NOT NULL,
    "kind" SMALLINT NOT NULL,
    "verdict" SMALLINT NOT NULL,
    "era" SMALLINT,
    "failed_step" TEXT,
    "cause" TEXT,
    PRIMARY KEY ("endpoint_seq", "slot", "region_id")
) PARTITION BY RANGE ("slot");
CREATE TABLE "probe_default" PARTITION OF "probe" DEFAULT;

-- Kept for failures, changes and one sample a day: gzip of JSON.
CREATE TABLE "probe_exchange" (
    "slot" TIMESTAMPTZ(3) NOT NULL,
    "endpoint_seq" INTEGER NOT NULL,
    "region_id" SMALLINT NOT NULL,
    "observation" BYTEA NOT NULL,
    "report" BYTEA NOT NULL,
    PRIMARY KEY ("endpoint_seq", "slot", "region_id")
) PARTITION BY RANGE ("slot");
CREATE TABLE "probe_exchange_default" PARTITION OF "probe_exchange" DEFAULT;

-- What is due, first: only rows that may be claimed are in it.
CREATE INDEX "endpoint_schedule_due" ON "endpoint_schedule" ("next_due_at") WHERE "active";
ALTER TABLE "endpoint_schedule" SET (fillfactor = 70);
ALTER TABLE "endpoint_state" SET (fillfactor = 70);

-- One open incident an endpoint, whoever records it.
CREATE UNIQUE INDEX "incident_one_open" ON "incident" ("endpoint_id") WHERE "resolved_at" IS NULL;
CREATE INDEX "incident_open_of_organization" ON "incident" ("organization_id", "id") WHERE "resolved_at" IS NULL;

INSERT INTO "region" ("name") VALUES ('default');

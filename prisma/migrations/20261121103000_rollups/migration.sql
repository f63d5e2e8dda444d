-- What is left of probes when their rows are gone (docs/storage.md). Written by the janitor, which computes whole hours anew from
-- raw rows, so that doing it twice changes nothing. Plain tables: their rows are few, and they go with their endpoint.

-- One row an endpoint, region and UTC day. Element h + 1 of "hours" is a block of pairs (code, count) of bytes for the probes of
-- hour h, null where there were none: codes 0 to 4 are verdicts, 5 to 255 latency buckets. Blocks merge by being joined.
CREATE TABLE "probe_hour" (
    "endpoint_seq" INTEGER NOT NULL REFERENCES "endpoint" ("seq") ON DELETE CASCADE,
    "day" DATE NOT NULL,
    "region_id" SMALLINT NOT NULL,
    "hours" BYTEA[] NOT NULL,
    PRIMARY KEY ("endpoint_seq", "day", "region_id")
);

-- The same over the whole day, and when its first and last probes were that measured anything (null: none did). Complete days only.
CREATE TABLE "probe_day" (
    "endpoint_seq" INTEGER NOT NULL REFERENCES "endpoint" ("seq") ON DELETE CASCADE,
    "day" DATE NOT NULL,
    "region_id" SMALLINT NOT NULL,
    "first_at" TIMESTAMPTZ(3),
    "last_at" TIMESTAMPTZ(3),
    "totals" BYTEA NOT NULL,
    PRIMARY KEY ("endpoint_seq", "day", "region_id")
);

-- Time in which an endpoint was not measured, exact: the uptime formula cuts it at any instant. A row a gap that has ended.
CREATE TABLE "probe_silence" (
    "endpoint_seq" INTEGER NOT NULL REFERENCES "endpoint" ("seq") ON DELETE CASCADE,
    "began_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3) NOT NULL,
    PRIMARY KEY ("endpoint_seq", "ended_at")
);

-- Hours whose rollup is still to be made or no longer right: bit h of "hours" is hour h of the UTC day.
CREATE TABLE "rollup_due" (
    "endpoint_seq" INTEGER NOT NULL REFERENCES "endpoint" ("seq") ON DELETE CASCADE,
    "day" DATE NOT NULL,
    "hours" INTEGER NOT NULL,
    PRIMARY KEY ("endpoint_seq", "day")
);

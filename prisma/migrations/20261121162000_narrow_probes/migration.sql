-- Rows of probes become half as large (docs/adr/0011-narrower-probe-rows.md): what statements ask for stays a column, the rest
-- goes into "detail" as packages/services/src/probes/probe-detail.ts writes it. Every row that is there is carried over.
ALTER TABLE "probe" RENAME TO "probe_wide";
ALTER INDEX "probe_pkey" RENAME TO "probe_wide_pkey";

-- latency: milliseconds × 10 (0.1 ms) until a client can work, null unless the verdict is up or degraded.
-- verdict: 0 up, 1 degraded, 2 down, 3 gated, 4 unknown. No more than eight columns: their null bits fit into the row's header.
CREATE TABLE "probe" (
    "slot" TIMESTAMPTZ(3) NOT NULL,
    "endpoint_seq" INTEGER NOT NULL,
    "latency" INTEGER,
    "region_id" SMALLINT NOT NULL,
    "verdict" SMALLINT NOT NULL,
    "cause" TEXT,
    "detail" BYTEA NOT NULL,
    PRIMARY KEY ("endpoint_seq", "region_id", "slot")
) PARTITION BY RANGE ("slot");

-- Seven bits a byte, the lowest first, the highest bit set while more follow. Nothing for null.
CREATE FUNCTION "narrow_probes_varint"(v BIGINT) RETURNS BYTEA LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN v < 128 THEN set_byte('\x00'::bytea, 0, v::int)
        WHEN v < 16384 THEN set_byte(set_byte('\x0000'::bytea, 0, (v & 127 | 128)::int), 1, (v >> 7)::int)
        WHEN v IS NULL THEN ''::bytea
        ELSE set_byte('\x00'::bytea, 0, (v & 127 | 128)::int) || set_byte('\x00'::bytea, 0, (v >> 7 & 127 | 128)::int)
            || CASE
                WHEN v < 2097152 THEN set_byte('\x00'::bytea, 0, (v >> 14)::int)
                WHEN v < 268435456 THEN set_byte(set_byte('\x0000'::bytea, 0, (v >> 14 & 127 | 128)::int), 1, (v >> 21)::int)
                ELSE set_byte(set_byte('\x0000'::bytea, 0, (v >> 14 & 127 | 128)::int), 1, (v >> 21 & 127 | 128)::int)
                    || set_byte('\x00'::bytea, 0, (v >> 28 & 127)::int)
            END
    END
$$;
CREATE FUNCTION "narrow_probes_zigzag"(v BIGINT) RETURNS BYTEA LANGUAGE sql IMMUTABLE AS $$
    SELECT "narrow_probes_varint"(CASE WHEN v < 0 THEN -2 * v - 1 ELSE 2 * v END)
$$;

DO $$
DECLARE
    part RECORD;
BEGIN
    FOR part IN
        SELECT c.relname AS name, x.relname AS index, pg_get_expr(c.relpartbound, c.oid) AS bound
        FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        JOIN pg_index k ON k.indrelid = c.oid AND k.indisprimary JOIN pg_class x ON x.oid = k.indexrelid
        WHERE i.inhparent = '"probe_wide"'::regclass ORDER BY c.relname
    LOOP
        EXECUTE format('ALTER TABLE %I RENAME TO %I', part.name, part.name || '_wide');
        EXECUTE format('ALTER INDEX %I RENAME TO %I', part.index, part.name || '_wide_pkey');
        EXECUTE format('CREATE TABLE %I (LIKE "probe" INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', part.name);
        EXECUTE format($insert$
            INSERT INTO %I ("slot", "endpoint_seq", "latency", "region_id", "verdict", "cause", "detail")
            SELECT "slot", "endpoint_seq",
                CASE WHEN "verdict" IN (0, 1) THEN least(2147483647, coalesce("dns", 0)::bigint + coalesce("tcp", 0) + coalesce("tls", 0)
                    + coalesce("handshake", 0) + coalesce("initialized", 0) + coalesce("list", 0))::int END,
                "region_id", "verdict", "cause",
                set_byte(set_byte('\x0000'::bytea, 0, 16 + "kind" * 4 + coalesce("era" + 1, 0)), 1,
                    ("dns" IS NOT NULL)::int + ("tcp" IS NOT NULL)::int * 2 + ("tls" IS NOT NULL)::int * 4 + ("handshake" IS NOT NULL)::int * 8
                    + ("initialized" IS NOT NULL)::int * 16 + ("list" IS NOT NULL)::int * 32 + ("close" IS NOT NULL)::int * 64
                    + ("tool_count" IS NOT NULL)::int * 128)
                || "narrow_probes_varint"("dns") || "narrow_probes_varint"("tcp") || "narrow_probes_varint"("tls")
                || "narrow_probes_varint"("handshake") || "narrow_probes_varint"("initialized") || "narrow_probes_varint"("list")
                || "narrow_probes_varint"("close") || "narrow_probes_varint"("tool_count") || "narrow_probes_zigzag"("start_offset_ms")
                || "narrow_probes_zigzag"("duration_ms" - (coalesce("dns", 0)::bigint + coalesce("tcp", 0) + coalesce("tls", 0)
                    + coalesce("handshake", 0) + coalesce("initialized", 0) + coalesce("list", 0) + coalesce("close", 0) + 5) / 10)
                || convert_to(coalesce("failed_step", ''), 'UTF8')
            FROM %I $insert$, part.name, part.name || '_wide');
        EXECUTE format('ALTER TABLE "probe" ATTACH PARTITION %I %s', part.name, part.bound);
    END LOOP;
END
$$;

DROP TABLE "probe_wide";
DROP FUNCTION "narrow_probes_zigzag";
DROP FUNCTION "narrow_probes_varint";
ANALYZE "probe";

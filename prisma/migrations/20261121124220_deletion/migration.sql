-- CreateIndex
CREATE INDEX "audit_log_actor_id_id_idx" ON "audit_log"("actor_id", "id");

-- The log goes with its organization and not before. What the installation keeps of deletions stays.
DROP TRIGGER audit_log_append_only ON "audit_log";
CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR TRUNCATE ON "audit_log" FOR EACH STATEMENT EXECUTE FUNCTION audit_log_refuse();
CREATE FUNCTION audit_log_keep() RETURNS trigger LANGUAGE plpgsql AS E'begin if old.organization_id = ''installation'' or exists (select 1 from organization where id = old.organization_id) then raise exception ''audit_log is append-only'' using errcode = ''insufficient_privilege''\x3b end if\x3b return old\x3b end';
CREATE TRIGGER audit_log_kept BEFORE DELETE ON "audit_log" FOR EACH ROW EXECUTE FUNCTION audit_log_keep();

-- Endpoints that are gone while raw rows of theirs are still there: the janitor removes those, endpoint by endpoint. Noted by the
-- deletion itself, whatever it came from.
CREATE TABLE "erased_endpoint" (
    "seq" INTEGER PRIMARY KEY,
    "erased_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now()
);
CREATE FUNCTION note_erased_endpoints() RETURNS trigger LANGUAGE plpgsql AS E'begin insert into erased_endpoint (seq) select seq from gone\x3b return null\x3b end';
CREATE TRIGGER endpoint_erased AFTER DELETE ON "endpoint" REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION note_erased_endpoints();

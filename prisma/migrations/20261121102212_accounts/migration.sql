-- AlterTable
ALTER TABLE "user" ADD COLUMN     "two_factor_enabled" BOOLEAN DEFAULT false;

-- AlterTable
ALTER TABLE "organization" ADD COLUMN     "plan" TEXT NOT NULL DEFAULT 'standard';

-- AlterTable
ALTER TABLE "invitation" ADD COLUMN     "token_hash" TEXT;

-- AlterTable
ALTER TABLE "api_key" ADD COLUMN     "replaced_by_id" TEXT;

-- AlterTable
ALTER TABLE "audit_log" ADD COLUMN     "actor_id" TEXT,
ADD COLUMN     "actor_kind" TEXT;

-- CreateTable
CREATE TABLE "two_factor" (
    "id" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "backup_codes" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "verified" BOOLEAN DEFAULT true,
    "failed_verification_count" INTEGER DEFAULT 0,
    "locked_until" TIMESTAMPTZ(3),

    CONSTRAINT "two_factor_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "two_factor_user_id_idx" ON "two_factor"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "invitation_token_hash_key" ON "invitation"("token_hash");

-- AddForeignKey
ALTER TABLE "two_factor" ADD CONSTRAINT "two_factor_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The audit log only grows, whoever asks. The escape stands for the end of a statement, at which the migration engine would cut.
CREATE FUNCTION audit_log_refuse() RETURNS trigger LANGUAGE plpgsql AS E'begin raise exception ''audit_log is append-only'' using errcode = ''insufficient_privilege''\x3b end';

CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_log" FOR EACH STATEMENT EXECUTE FUNCTION audit_log_refuse();

-- Filters of the log: by what was done to what, and by whom.
CREATE INDEX "audit_log_target_idx" ON "audit_log"("organization_id", "target", "id");

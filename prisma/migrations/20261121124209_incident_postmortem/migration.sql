-- AlterTable
ALTER TABLE "incident" ADD COLUMN     "postmortem" TEXT,
ADD COLUMN     "postmortem_at" TIMESTAMPTZ(3),
ADD COLUMN     "postmortem_by" TEXT;

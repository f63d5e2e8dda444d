-- AlterTable
ALTER TABLE "status_subscriber" ADD COLUMN     "language" TEXT NOT NULL DEFAULT 'en';

-- CreateTable
CREATE TABLE "public_check" (
    "id" TEXT NOT NULL,
    "report" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "public_check_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "public_check_expires_at_idx" ON "public_check"("expires_at");

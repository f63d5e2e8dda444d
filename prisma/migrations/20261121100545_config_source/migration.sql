-- AlterTable
ALTER TABLE "endpoint" ADD COLUMN     "source" TEXT;

-- AlterTable
ALTER TABLE "maintenance_window" ADD COLUMN     "source" TEXT;

-- AlterTable
ALTER TABLE "channel" ADD COLUMN     "source" TEXT;

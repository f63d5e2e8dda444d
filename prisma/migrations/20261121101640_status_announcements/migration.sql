-- CreateTable
CREATE TABLE "status_announcement" (
    "page_id" TEXT NOT NULL,
    "incident_id" TEXT NOT NULL,
    "phase" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "status_announcement_pkey" PRIMARY KEY ("page_id","incident_id","phase")
);

-- AddForeignKey
ALTER TABLE "status_announcement" ADD CONSTRAINT "status_announcement_page_id_fkey" FOREIGN KEY ("page_id") REFERENCES "status_page"("id") ON DELETE CASCADE ON UPDATE CASCADE;

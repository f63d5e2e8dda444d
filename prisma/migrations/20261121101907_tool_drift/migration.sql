-- CreateTable
CREATE TABLE "tool_list" (
    "organization_id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "content" BYTEA NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tool_list_pkey" PRIMARY KEY ("organization_id","hash")
);

-- CreateTable
CREATE TABLE "tool_snapshot" (
    "organization_id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "list_hash" TEXT NOT NULL,
    "server" JSONB NOT NULL DEFAULT 'null',
    "instructions" BYTEA,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tool_snapshot_pkey" PRIMARY KEY ("organization_id","hash")
);

-- CreateTable
CREATE TABLE "tool_change" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "endpoint_id" TEXT NOT NULL,
    "from_hash" TEXT NOT NULL,
    "to_hash" TEXT NOT NULL,
    "class" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "acknowledged_at" TIMESTAMPTZ(3),
    "acknowledged_by" TEXT,

    CONSTRAINT "tool_change_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "tool_change_endpoint_id_id_idx" ON "tool_change"("endpoint_id", "id");

-- CreateIndex
CREATE INDEX "tool_change_organization_id_to_hash_idx" ON "tool_change"("organization_id", "to_hash");

-- AddForeignKey
ALTER TABLE "tool_list" ADD CONSTRAINT "tool_list_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tool_snapshot" ADD CONSTRAINT "tool_snapshot_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tool_change" ADD CONSTRAINT "tool_change_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tool_change" ADD CONSTRAINT "tool_change_endpoint_id_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "endpoint"("id") ON DELETE CASCADE ON UPDATE CASCADE;

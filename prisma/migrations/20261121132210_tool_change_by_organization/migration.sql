-- CreateIndex
CREATE INDEX "tool_change_organization_id_id_idx" ON "tool_change"("organization_id", "id");

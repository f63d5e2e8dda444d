-- A recovery from silence asks with whom the silence was told.
CREATE INDEX "notice_no_data_idx" ON "notice" ("endpoint_id", "channel_id", "id") WHERE "type" = 'endpoint.no_data';

-- Every page of the dashboard asks whether the organization has demonstration servers. Hardly any endpoint is one.
CREATE INDEX "endpoint_demo_idx" ON "endpoint" ("organization_id") WHERE "demo";

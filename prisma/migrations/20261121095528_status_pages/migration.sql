-- AlterTable
ALTER TABLE "channel" ADD COLUMN     "status_page_id" TEXT;

-- CreateTable
CREATE TABLE "status_page" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "published" BOOLEAN NOT NULL DEFAULT false,
    "password_hash" TEXT,
    "custom_domain" TEXT,
    "accent_color" TEXT,
    "logo" TEXT,
    "homepage_url" TEXT,
    "locale" TEXT NOT NULL DEFAULT 'en',
    "show" JSONB NOT NULL DEFAULT '{}',
    "publishing" TEXT NOT NULL DEFAULT 'auto',
    "delay_minutes" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "status_page_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "status_component" (
    "id" TEXT NOT NULL,
    "page_id" TEXT NOT NULL,
    "endpoint_id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "group" TEXT NOT NULL DEFAULT '',
    "position" INTEGER NOT NULL,
    "publishing" TEXT,
    "delay_minutes" INTEGER,

    CONSTRAINT "status_component_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "status_report" (
    "id" TEXT NOT NULL,
    "page_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "affected" JSONB NOT NULL DEFAULT '[]',
    "published" BOOLEAN NOT NULL DEFAULT false,
    "published_at" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "resolved_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "status_report_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "status_report_update" (
    "id" TEXT NOT NULL,
    "report_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "status_report_update_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "status_subscriber" (
    "id" TEXT NOT NULL,
    "page_id" TEXT NOT NULL,
    "channel_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "target_hash" TEXT NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3),
    "confirm_token_hash" TEXT NOT NULL,
    "unsubscribe_token_hash" TEXT NOT NULL,
    "invited_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "status_subscriber_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "status_page_slug_key" ON "status_page"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "status_page_custom_domain_key" ON "status_page"("custom_domain");

-- CreateIndex
CREATE INDEX "status_page_organization_id_id_idx" ON "status_page"("organization_id", "id");

-- CreateIndex
CREATE INDEX "status_component_endpoint_id_idx" ON "status_component"("endpoint_id");

-- CreateIndex
CREATE UNIQUE INDEX "status_component_page_id_slug_key" ON "status_component"("page_id", "slug");

-- CreateIndex
CREATE INDEX "status_report_page_id_id_idx" ON "status_report"("page_id", "id");

-- CreateIndex
CREATE INDEX "status_report_update_report_id_id_idx" ON "status_report_update"("report_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "status_subscriber_channel_id_key" ON "status_subscriber"("channel_id");

-- CreateIndex
CREATE UNIQUE INDEX "status_subscriber_confirm_token_hash_key" ON "status_subscriber"("confirm_token_hash");

-- CreateIndex
CREATE UNIQUE INDEX "status_subscriber_unsubscribe_token_hash_key" ON "status_subscriber"("unsubscribe_token_hash");

-- CreateIndex
CREATE INDEX "status_subscriber_page_id_id_idx" ON "status_subscriber"("page_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "status_subscriber_page_id_target_hash_key" ON "status_subscriber"("page_id", "target_hash");

-- CreateIndex
CREATE INDEX "channel_status_page_id_idx" ON "channel"("status_page_id");

-- AddForeignKey
ALTER TABLE "channel" ADD CONSTRAINT "channel_status_page_id_fkey" FOREIGN KEY ("status_page_id") REFERENCES "status_page"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "status_page" ADD CONSTRAINT "status_page_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "status_component" ADD CONSTRAINT "status_component_page_id_fkey" FOREIGN KEY ("page_id") REFERENCES "status_page"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "status_component" ADD CONSTRAINT "status_component_endpoint_id_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "endpoint"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "status_report" ADD CONSTRAINT "status_report_page_id_fkey" FOREIGN KEY ("page_id") REFERENCES "status_page"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "status_report_update" ADD CONSTRAINT "status_report_update_report_id_fkey" FOREIGN KEY ("report_id") REFERENCES "status_report"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "status_subscriber" ADD CONSTRAINT "status_subscriber_page_id_fkey" FOREIGN KEY ("page_id") REFERENCES "status_page"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "status_subscriber" ADD CONSTRAINT "status_subscriber_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel"("id") ON DELETE CASCADE ON UPDATE CASCADE;

import {
  createReportSchema,
  createReportUpdateSchema,
  createStatusPageSchema,
  listQuerySchema,
  pageOf,
  publicPageSchema,
  statusPageSchema,
  statusReportSchema,
  subscriberSchema,
  updateReportSchema,
  updateStatusPageSchema,
} from '@rollcall/contracts';
import {
  addReportUpdate,
  createReport,
  createStatusPage,
  deleteReport,
  deleteStatusPage,
  deleteSubscriber,
  getReport,
  getStatusPage,
  listReports,
  listStatusPages,
  listSubscribers,
  previewStatusPage,
  updateReport,
  updateStatusPage,
} from '@rollcall/services';
import { z } from 'zod';
import type { Api } from '../app.ts';
import type { ApiDeps } from '../deps.ts';
import { matchingDb, setEtag } from '../etag.ts';
import { idParams, ifMatchHeaders, nothing, problems } from './schemas.ts';

const reportParams = idParams.extend({ reportId: z.string().min(1).max(200) });
const subscriberParams = idParams.extend({ subscriberId: z.string().min(1).max(200) });

export function statusPageRoutes(api: Api, { db, now, config }: ApiDeps): void {
  const deps = { db, publicUrl: config.publicUrl };
  const tags = ['status pages'];

  api.post(
    '/status-pages',
    { schema: { tags, summary: 'Make a status page', body: createStatusPageSchema, response: { 201: statusPageSchema, ...problems } } },
    async (request, reply) => {
      const page = await createStatusPage(deps, request.actor, request.body, now());
      return reply.code(201).header('location', `/api/v1/status-pages/${page.id}`).send(page);
    },
  );
  api.get(
    '/status-pages',
    {
      schema: {
        tags,
        summary: 'List status pages, newest first',
        querystring: listQuerySchema,
        response: { 200: pageOf(statusPageSchema), ...problems },
      },
    },
    async (request) => listStatusPages(deps, request.actor, request.query),
  );
  api.get(
    '/status-pages/:id',
    { schema: { tags, summary: 'Read a status page', params: idParams, response: { 200: statusPageSchema, ...problems } } },
    async (request, reply) => {
      await setEtag(db, request, reply, 'statusPage', request.params.id);
      return getStatusPage(deps, request.actor, request.params.id);
    },
  );
  api.patch(
    '/status-pages/:id',
    {
      schema: {
        tags,
        summary: 'Change what is named; `components` replaces the list',
        params: idParams,
        headers: ifMatchHeaders,
        body: updateStatusPageSchema,
        response: { 200: statusPageSchema, ...problems },
      },
    },
    async (request) =>
      updateStatusPage(
        { ...deps, db: matchingDb(db, request, 'statusPage', request.params.id) },
        request.actor,
        request.params.id,
        request.body,
        now(),
      ),
  );
  api.delete(
    '/status-pages/:id',
    {
      schema: {
        tags,
        summary: 'Delete a status page with its reports and subscribers',
        params: idParams,
        headers: ifMatchHeaders,
        response: { 204: nothing, ...problems },
      },
    },
    async (request, reply) => {
      await deleteStatusPage(
        { ...deps, db: matchingDb(db, request, 'statusPage', request.params.id) },
        request.actor,
        request.params.id,
        now(),
      );
      return reply.code(204).send(null);
    },
  );
  api.post(
    '/status-pages/:id/preview',
    {
      schema: {
        tags,
        summary: 'What the public would see after this change; nothing is kept',
        params: idParams,
        body: updateStatusPageSchema,
        response: { 200: publicPageSchema, ...problems },
      },
    },
    async (request) => previewStatusPage(deps, request.actor, request.params.id, request.body, now()),
  );
  reportRoutes(api, deps, now);
  subscriberRoutes(api, deps, now);
}

function reportRoutes(api: Api, deps: { db: ApiDeps['db']; publicUrl: string }, now: ApiDeps['now']): void {
  const tags = ['status reports'];
  api.post(
    '/status-pages/:id/reports',
    {
      schema: {
        tags,
        summary: 'Write a report with its first update',
        params: idParams,
        body: createReportSchema,
        response: { 201: statusReportSchema, ...problems },
      },
    },
    async (request, reply) => {
      const report = await createReport(deps, request.actor, request.params.id, request.body, now());
      return reply.code(201).header('location', `/api/v1/status-pages/${request.params.id}/reports/${report.id}`).send(report);
    },
  );
  api.get(
    '/status-pages/:id/reports',
    {
      schema: {
        tags,
        summary: 'List reports, newest first, drafts too',
        params: idParams,
        querystring: listQuerySchema,
        response: { 200: pageOf(statusReportSchema), ...problems },
      },
    },
    async (request) => listReports(deps, request.actor, request.params.id, request.query),
  );
  api.get(
    '/status-pages/:id/reports/:reportId',
    { schema: { tags, summary: 'Read a report', params: reportParams, response: { 200: statusReportSchema, ...problems } } },
    async (request, reply) => {
      await setEtag(deps.db, request, reply, 'statusReport', request.params.reportId);
      return getReport(deps, request.actor, request.params.id, request.params.reportId);
    },
  );
  api.patch(
    '/status-pages/:id/reports/:reportId',
    {
      schema: {
        tags,
        summary: 'Change what is named; `published: true` publishes a draft',
        params: reportParams,
        headers: ifMatchHeaders,
        body: updateReportSchema,
        response: { 200: statusReportSchema, ...problems },
      },
    },
    async (request) => {
      const { id, reportId } = request.params;
      const db = matchingDb(deps.db, request, 'statusReport', reportId);
      return updateReport({ ...deps, db }, request.actor, id, reportId, request.body, now());
    },
  );
  api.post(
    '/status-pages/:id/reports/:reportId/updates',
    {
      schema: {
        tags,
        summary: 'Say how it stands; `resolved` ends it',
        params: reportParams,
        body: createReportUpdateSchema,
        response: { 201: statusReportSchema, ...problems },
      },
    },
    async (request, reply) => {
      const { id, reportId } = request.params;
      return reply.code(201).send(await addReportUpdate(deps, request.actor, id, reportId, request.body, now()));
    },
  );
  api.delete(
    '/status-pages/:id/reports/:reportId',
    {
      schema: { tags, summary: 'Delete a report', params: reportParams, headers: ifMatchHeaders, response: { 204: nothing, ...problems } },
    },
    async (request, reply) => {
      const { id, reportId } = request.params;
      await deleteReport({ ...deps, db: matchingDb(deps.db, request, 'statusReport', reportId) }, request.actor, id, reportId, now());
      return reply.code(204).send(null);
    },
  );
}

function subscriberRoutes(api: Api, { db }: { db: ApiDeps['db'] }, now: ApiDeps['now']): void {
  const tags = ['status subscribers'];
  api.get(
    '/status-pages/:id/subscribers',
    {
      schema: {
        tags,
        summary: 'List subscribers, newest first',
        params: idParams,
        querystring: listQuerySchema,
        response: { 200: pageOf(subscriberSchema), ...problems },
      },
    },
    async (request) => listSubscribers(db, request.actor, request.params.id, request.query),
  );
  api.delete(
    '/status-pages/:id/subscribers/:subscriberId',
    {
      schema: {
        tags,
        summary: 'Remove a subscriber and what was to be sent to it',
        params: subscriberParams,
        response: { 204: nothing, ...problems },
      },
    },
    async (request, reply) => {
      await deleteSubscriber(db, request.actor, request.params.id, request.params.subscriberId, now());
      return reply.code(204).send(null);
    },
  );
}

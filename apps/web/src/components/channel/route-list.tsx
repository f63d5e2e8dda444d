'use client';
import type { Route } from '@rollcall/contracts';
import { SEVERITIES } from '@rollcall/core';
import { Button, Card, CardHeader } from '@rollcall/ui';
import { Plus, Trash2 } from 'lucide-react';
import { ScopeFields } from '#web/components/scope-fields.tsx';
import type { ApiError } from '#web/lib/api-error.ts';
import { Checks } from './checks.tsx';
import { CHOOSABLE_EVENTS, EVENT_LABEL, SEVERITY_LABEL } from './event-words.ts';

type WholeRoute = { [Member in keyof Route]-?: NonNullable<Route[Member]> };

/** A route as the form holds it: every member there, empty for "any". `key` stays with it. */
export interface DraftRoute {
  key: string;
  route: WholeRoute;
}

export const toDraftRoutes = (routes: readonly Route[]): DraftRoute[] =>
  routes.map(({ tags = [], endpoints = [], events = [], severities = [] }, index) => ({
    key: `route-${index}`,
    route: { tags, endpoints, events, severities },
  }));

/** As the API takes them: a member that says nothing is left out. */
export const fromDraftRoutes = (drafts: readonly DraftRoute[]): Route[] =>
  drafts.map(({ route }) => Object.fromEntries(Object.entries(route).filter(([, list]) => list.length > 0)) as Route);

/** Which notices come here: one route is enough, and within a route everything that is named must hold. */
export function RouteList({
  routes,
  error,
  onChange,
}: {
  routes: DraftRoute[];
  error: ApiError | null;
  onChange: (routes: DraftRoute[]) => void;
}) {
  const set = (key: string, change: Partial<WholeRoute>) =>
    onChange(routes.map((one) => (one.key === key ? { key, route: { ...one.route, ...change } } : one)));
  const add = (
    <Button
      size="sm"
      onClick={() => onChange([...routes, { key: crypto.randomUUID(), route: { tags: [], endpoints: [], events: [], severities: [] } }])}
    >
      <Plus aria-hidden className="size-3.5" />
      Add a route
    </Button>
  );
  return (
    <Card aria-labelledby="routes-heading">
      <CardHeader id="routes-heading" title="Routes" hint="which notices come here" actions={add} />
      {routes.length === 0 ? <p className="px-4 py-4 text-muted text-sm">Without a route every notice comes here.</p> : null}
      <ol className="divide-y">
        {routes.map(({ key, route }, index) => (
          <li key={key}>
            <fieldset className="flex min-w-0 flex-col gap-4 p-4">
              <div className="flex items-center justify-between gap-3">
                <legend className="contents font-medium text-sm">
                  <span>
                    Route {index + 1}{' '}
                    <span className="font-normal text-faint">{index === 0 ? 'what is left empty does not narrow' : 'or else'}</span>
                  </span>
                </legend>
                <Button
                  variant="ghost"
                  size="icon"
                  aria-label={`Remove route ${index + 1}`}
                  onClick={() => onChange(routes.filter((one) => one.key !== key))}
                >
                  <Trash2 aria-hidden className="size-4" />
                </Button>
              </div>
              <ScopeFields
                value={route}
                tagHint="Endpoints that have all of them."
                errors={{ endpoints: error?.fieldError(`routes/${index}/endpoints`), tags: error?.fieldError(`routes/${index}/tags`) }}
                onChange={({ endpoints, tags }) => set(key, { endpoints, tags })}
              />
              <Checks
                legend="Severity"
                none="none means any"
                options={SEVERITIES}
                labels={SEVERITY_LABEL}
                value={route.severities}
                onChange={(severities) => set(key, { severities })}
              />
              <Checks
                legend="Events"
                none="none means all"
                options={CHOOSABLE_EVENTS}
                labels={EVENT_LABEL}
                value={route.events}
                onChange={(events) => set(key, { events })}
              />
            </fieldset>
          </li>
        ))}
      </ol>
    </Card>
  );
}

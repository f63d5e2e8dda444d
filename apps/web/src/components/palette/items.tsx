'use client';
import { address } from '@rollcall/client';
import { plainText, STATUS_LABEL, StatusMark, statusOfVerdict } from '@rollcall/ui';
import { useQueryClient } from '@tanstack/react-query';
import { BookOpen, CalendarPlus, CheckCheck, CornerDownLeft, Keyboard, Monitor, Moon, Plus, Sun, Zap } from 'lucide-react';
import { usePathname, useRouter } from 'next/navigation';
import { type ReactNode, useDeferredValue } from 'react';
import { toast } from 'sonner';
import { api } from '#web/lib/api-browser.ts';
import { messageOf } from '#web/lib/api-error.ts';
import { applyTheme } from '#web/lib/theme.ts';
import { useLive } from '#web/lib/use-live.ts';
import { PLACES } from './shortcuts.ts';

export interface PaletteItem {
  id: string;
  label: string;
  hint?: string;
  icon: ReactNode;
  run: () => void;
}

const FAINT = 'text-faint';

/** What can be gone to or done here, narrowed to what holds every word that was typed. */
export function usePaletteItems(text: string, { onHelp }: { onHelp: () => void }): PaletteItem[] {
  const router = useRouter();
  const fixed = [...useActions(), ...places(router.push), ...rest(onHelp, router.push)];
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = (item: PaletteItem) => words.every((word) => `${item.label} ${item.hint ?? ''}`.toLowerCase().includes(word));
  const found = useFound(text.trim(), router.push);
  // Found things were narrowed by the API; its last answer may still be that to fewer letters.
  return words.length === 0 ? fixed : [...fixed, ...found].filter(matches);
}

type Push = (href: string) => void;

function places(push: Push): PaletteItem[] {
  return Object.entries(PLACES).map(([key, { href, label }]) => ({
    id: href,
    label,
    hint: `g ${key}`,
    icon: <CornerDownLeft aria-hidden className={FAINT} />,
    run: () => push(href),
  }));
}

function rest(onHelp: () => void, push: Push): PaletteItem[] {
  return [
    { id: 'causes', label: 'Cause catalogue', icon: <BookOpen aria-hidden className={FAINT} />, run: () => push('/docs/causes') },
    { id: 'light', label: 'Theme: light', icon: <Sun aria-hidden className={FAINT} />, run: () => applyTheme('light') },
    { id: 'dark', label: 'Theme: dark', icon: <Moon aria-hidden className={FAINT} />, run: () => applyTheme('dark') },
    { id: 'system', label: 'Theme: as the system', icon: <Monitor aria-hidden className={FAINT} />, run: () => applyTheme('system') },
    { id: 'keys', label: 'Keyboard shortcuts', hint: '?', icon: <Keyboard aria-hidden className={FAINT} />, run: onHelp },
  ];
}

/** What can be done, first of all with what is on the screen. */
function useActions(): PaletteItem[] {
  const router = useRouter();
  const queries = useQueryClient();
  const path = usePathname();
  const endpoint = /^\/endpoints\/(ep_[\w-]+)$/.exec(path)?.[1];
  const incident = /^\/incidents\/(inc_[\w-]+)$/.exec(path)?.[1];
  const act = (doing: string, work: () => Promise<string>) => {
    const done = work().then(async (text) => {
      await queries.invalidateQueries();
      return text;
    });
    toast.promise(done, { loading: doing, success: (text) => text, error: messageOf });
  };
  const check = (id: string) =>
    act('Checking', async () => {
      const report = await api.post('/endpoints/{id}/probe', { path: { id } });
      const word = STATUS_LABEL[statusOfVerdict(report.verdict)];
      return report.cause === null ? `${word}, in ${Math.round(report.durationMs)} ms.` : `${word}: ${plainText(report.cause.title, 120)}`;
    });
  const acknowledge = (id: string) =>
    act('Acknowledging', async () => {
      await api.post('/incidents/{id}/acknowledge', { path: { id } });
      return 'Acknowledged. Reminders and escalation stop.';
    });
  return [
    ...(endpoint === undefined
      ? []
      : [{ id: 'check', label: 'Check this endpoint now', icon: <Zap aria-hidden className={FAINT} />, run: () => check(endpoint) }]),
    ...(incident === undefined
      ? []
      : [
          {
            id: 'acknowledge',
            label: 'Acknowledge this incident',
            hint: 'a',
            icon: <CheckCheck aria-hidden className={FAINT} />,
            run: () => acknowledge(incident),
          },
        ]),
    { id: 'add', label: 'Add an endpoint', icon: <Plus aria-hidden className={FAINT} />, run: () => router.push('/endpoints/new') },
    {
      id: 'maintain',
      label: 'Announce maintenance',
      icon: <CalendarPlus aria-hidden className={FAINT} />,
      run: () => router.push('/maintenance?new=1'),
    },
  ];
}

/** Endpoints by the API's search; of incidents the newest ones, among which is looked here. */
function useFound(text: string, push: Push): PaletteItem[] {
  const q = useDeferredValue(text);
  const enabled = text !== '';
  const { data: endpoints } = useLive(address('/endpoints', { query: { q: q || null, limit: 8 } }), undefined, { everyMs: false, enabled });
  const { data: incidents } = useLive(address('/incidents', { query: { limit: 100 } }), undefined, { everyMs: false, enabled });
  if (!enabled) return [];
  return [
    ...(endpoints?.data ?? []).map((endpoint) => ({
      id: endpoint.id,
      label: plainText(endpoint.name, 100),
      hint: plainText(endpoint.url, 120),
      icon: <StatusMark status={endpoint.state.status} />,
      run: () => push(`/endpoints/${endpoint.id}`),
    })),
    ...(incidents?.data ?? [])
      .filter(({ endpoint, cause }) => `${endpoint.name} ${cause.title} ${cause.code}`.toLowerCase().includes(text.toLowerCase()))
      .slice(0, 6)
      .map((incident) => ({
        id: incident.id,
        label: `Incident: ${plainText(incident.endpoint.name, 80)}`,
        hint: `${incident.status}, ${incident.cause.title} ${incident.cause.code}`,
        icon: <StatusMark status={incident.status === 'resolved' ? 'up' : incident.severity === 'degraded' ? 'degraded' : 'down'} />,
        run: () => push(`/incidents/${incident.id}`),
      })),
  ];
}

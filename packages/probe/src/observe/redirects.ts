import { checkTargetUrl } from '@rollcall/net';
import type { RedirectHop } from '../observation.ts';
import { type Answer, ask, type Question } from './ask.ts';
import type { Context } from './context.ts';
import { baseHeaders, isUpgrade } from './headers.ts';

const MAX_HOPS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

export interface Landed {
  readonly answer: Answer;
  readonly url: URL;
  readonly hops: RedirectHop[];
}

/** Sends a question and follows only the redirects that keep it intact; headers are built anew per hop, so that credentials stay at home. */
export async function askFollowing(context: Context, question: (url: URL) => Question, start: URL): Promise<Landed> {
  const hops: RedirectHop[] = [];
  let seen: Set<string> | null = null;
  let url = start;
  for (;;) {
    const asked = question(url);
    const answer = await ask(context, asked);
    if (answer.status === null || !REDIRECTS.has(answer.status)) return { answer, url, hops };
    seen ??= new Set([start.href]);
    const { hop, next } = await judgeHop(context, answer, url, asked.method, seen);
    hops.push(hop);
    if (next === null) {
      if (hop.stopped === 'method_lost' && hop.to !== null) hops.push(...(await browse(context, new URL(hop.to), seen)));
      return { answer, url, hops };
    }
    if (hops.length > MAX_HOPS) {
      hops[hops.length - 1] = { ...hop, followed: false, stopped: 'limit' };
      return { answer, url, hops };
    }
    seen.add(next.href);
    url = next;
  }
}

async function judgeHop(
  context: Context,
  answer: Answer,
  from: URL,
  method: string,
  seen: ReadonlySet<string>,
): Promise<{ hop: RedirectHop; next: URL | null }> {
  const status = answer.status ?? 0;
  const location = answer.headers['location'];
  const to = location !== undefined && URL.canParse(location, from.href) ? new URL(location, from) : null;
  const methodKept = method === 'GET' || status === 307 || status === 308;
  const base = {
    exchange: answer.n,
    status,
    from: from.href,
    to: to === null ? (location ?? null) : to.href,
    sameOrigin: to !== null && to.origin === from.origin,
    upgrade: to !== null && isUpgrade(from, to),
    downgrade: to !== null && from.protocol === 'https:' && to.protocol === 'http:',
    methodKept,
    slashOnly:
      to !== null &&
      to.origin === from.origin &&
      to.pathname.replace(/\/$/, '') === from.pathname.replace(/\/$/, '') &&
      to.pathname !== from.pathname,
  };
  const stop = (stopped: string): { hop: RedirectHop; next: null } => ({ hop: { ...base, followed: false, stopped }, next: null });
  if (to === null) return stop('no_location');
  if (to.protocol !== 'http:' && to.protocol !== 'https:') return stop('scheme');
  if (seen.has(to.href)) return stop('loop');
  const blocked = await checkTargetUrl(stripUser(to).href, context.policy, context.deps.resolve).then(
    () => false,
    () => true,
  );
  if (blocked) return stop('blocked_address');
  if (!methodKept) return stop('method_lost');
  if (base.downgrade) return stop('downgrade');
  return { hop: { ...base, followed: true, stopped: null }, next: stripUser(to) };
}

/** What a caller that turned its POST into a GET would meet: a page, a sign-in, a circle. Without credentials. */
async function browse(context: Context, start: URL, before: ReadonlySet<string>): Promise<RedirectHop[]> {
  const hops: RedirectHop[] = [];
  const seen = new Set([...before, start.href]);
  let url = stripUser(start);
  for (;;) {
    const answer = await ask(context, {
      purpose: 'redirect',
      method: 'GET',
      url,
      headers: { accept: 'text/html, application/json, text/event-stream', ...withoutCredentials(baseHeaders(context, url), context) },
      body: null,
      bodyMs: 3000,
      firstByteMs: 5000,
      headOnly: (head) => (head.headers['content-type'] ?? '').startsWith('text/event-stream'),
    });
    if (answer.status === null || !REDIRECTS.has(answer.status)) return hops;
    const { hop, next } = await judgeHop(context, answer, url, 'GET', seen);
    if (next === null || hops.length >= MAX_HOPS) {
      hops.push(next === null ? hop : { ...hop, followed: false, stopped: 'limit' });
      return hops;
    }
    hops.push(hop);
    seen.add(next.href);
    url = next;
  }
}

function withoutCredentials(headers: Record<string, string>, context: Context): Record<string, string> {
  const own = new Set([...Object.keys(context.target.headers).map((name) => name.toLowerCase()), 'authorization']);
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !own.has(name)));
}

function stripUser(url: URL): URL {
  const bare = new URL(url.href);
  bare.username = '';
  bare.password = '';
  return bare;
}

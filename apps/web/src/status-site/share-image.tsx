import type { OverallStatus } from '@rollcall/contracts';
import { stateIcon } from '#web/components/status/state.tsx';
import { apiBaseUrl } from '#web/lib/env.ts';

interface Summary {
  readonly title: string;
  readonly status: OverallStatus;
  readonly summary: string;
}

const MAX_KEPT = 100;
/** Languages that the built-in font of the renderer can write. It would fetch a font for any other, from elsewhere. */
const WRITABLE = ['en', 'de', 'es', 'fr'];
const LATIN = /^[\u0020-\u007e\u00a0-\u017f\u2010-\u201e\u2026\u2212]*$/;
const kept = new Map<string, Promise<Buffer>>();

/** What others show of a page that is linked to: its title and its state, 1200 × 630. Null: there is no such page for everybody. */
export async function shareImage(slug: string, language: string): Promise<Buffer | null> {
  const lang = WRITABLE.includes(language) ? language : 'en';
  // Without the visitor's cookie: what is behind a password is on no picture.
  const answer = await fetch(`${apiBaseUrl()}/status/${slug}/summary.json?lang=${lang}`, { signal: AbortSignal.timeout(15_000) });
  if (answer.status === 404 || answer.status === 401) return null;
  if (!answer.ok) throw new Error(`The api answered ${answer.status} for the summary of a status page.`);
  const { title, status, summary } = (await answer.json()) as Summary;
  const shown = { title: LATIN.test(title) ? title.slice(0, 80) : slug, status, summary };
  const key = JSON.stringify(shown);
  const known = kept.get(key);
  if (known !== undefined) return known;
  const drawing = draw(shown);
  kept.set(key, drawing);
  drawing.catch(() => kept.delete(key));
  for (const oldest of kept.keys()) if (kept.size > MAX_KEPT) kept.delete(oldest);
  return drawing;
}

async function draw({ title, status, summary }: Summary): Promise<Buffer> {
  // Brings a font and two programs of its own: loaded when the first picture is asked for.
  const { ImageResponse } = await import('next/og.js');
  const picture = (
    <div
      style={{
        display: 'flex',
        flexDirection: 'column',
        width: '100%',
        height: '100%',
        padding: 80,
        background: '#fafafa',
        color: '#15171c',
      }}
    >
      <div style={{ display: 'flex', fontSize: 52, letterSpacing: -1 }}>{title}</div>
      <div style={{ display: 'flex', flex: 1, alignItems: 'center', gap: 44 }}>
        {/* biome-ignore lint/performance/noImgElement: drawn on a picture, not on a page */}
        <img src={stateIcon(status)} width={120} height={120} alt="" />
        <div style={{ display: 'flex', flex: 1, fontSize: 68, lineHeight: 1.15, letterSpacing: -2 }}>{summary}</div>
      </div>
      <div style={{ display: 'flex', fontSize: 28, color: '#545a68' }}>Status page by Rollcall</div>
    </div>
  );
  return Buffer.from(await new ImageResponse(picture, { width: 1200, height: 630 }).arrayBuffer());
}

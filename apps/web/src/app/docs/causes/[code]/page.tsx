import { type CatalogueEntry, catalogue } from '@rollcall/probe/catalogue';
import { Chip, CodeBlock, StatusMark } from '@rollcall/ui';
import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { Reference } from '#web/components/cause/cause-card.tsx';
import { fixTarget } from '#web/components/cause/fixes.tsx';
import { Prose } from '#web/components/docs/prose.tsx';
import { LAYER_WORDS, SEVERITY_WORDS } from '#web/components/docs/severity.tsx';

interface Props {
  params: Promise<{ code: string }>;
}

/** Names that people look for, and where what they look for really stands. */
const ALIASES: Readonly<Record<string, { title: string; text: string; see: readonly string[] }>> = {
  'http2.sse': {
    title: 'Event streams work over HTTP/2',
    text: 'It is widely written that SSE needs HTTP/1.1. It does not: with buffering off, events arrive at the same moment over both; with buffering on, they are held back over both. Leave HTTP/2 on and look for the buffer, or for an idle timeout.',
    see: ['sse.buffered', 'sse.idle_timeout'],
  },
};

function find(code: string): CatalogueEntry | undefined {
  return Object.hasOwn(catalogue, code) ? catalogue[code as keyof typeof catalogue] : undefined;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { code } = await params;
  const entry = find(code);
  const alias = ALIASES[code];
  if (entry === undefined) return { title: alias?.title ?? 'No such cause' };
  return { title: `${entry.title} (${code})`, description: entry.explanation.slice(0, 300) };
}

/** One cause, good enough to be the page that somebody finds who searches for the error. */
export default async function CausePage({ params }: Props) {
  const { code } = await params;
  const alias = ALIASES[code];
  if (alias !== undefined) return <AliasPage alias={alias} />;
  const entry = find(code);
  if (entry === undefined) notFound();
  const kin = Object.values(catalogue).filter(
    (other) => other.layer === entry.layer && other.code.split('.')[0] === code.split('.')[0] && other.code !== code,
  );
  return (
    <article className="flex flex-col gap-8">
      <header>
        <div className="mb-3 flex flex-wrap items-center gap-1.5">
          <Chip className="font-mono">{entry.code}</Chip>
          <Chip>{LAYER_WORDS[entry.layer] ?? entry.layer}</Chip>
        </div>
        <h1 className="flex items-start gap-2 text-balance font-semibold text-2xl tracking-tight">
          <StatusMark status={entry.severity === 'notice' ? 'pending' : entry.severity} size={18} className="mt-2" />
          {entry.title}
        </h1>
        <p className="mt-3 max-w-prose leading-relaxed">
          <Prose text={entry.explanation} />
        </p>
        <p className="mt-2 text-muted text-sm">{SEVERITY_WORDS[entry.severity]}</p>
      </header>
      <section aria-labelledby="who">
        <h2 id="who" className="font-medium text-lg">
          Who is hit
        </h2>
        <p className="mt-1 max-w-prose text-muted">
          <Prose text={entry.affected} />
        </p>
      </section>
      {entry.fixes.length === 0 ? null : (
        <section aria-labelledby="fix" className="flex flex-col gap-5">
          <h2 id="fix" className="font-medium text-lg">
            What mends it
          </h2>
          {entry.fixes.map((fix) => (
            <div key={`${fix.for} ${fix.text}`}>
              <h3 className="font-medium text-sm">{fixTarget(fix.for)}</h3>
              <p className="mt-1 mb-2 max-w-prose text-muted text-sm">
                <Prose text={fix.text} />
              </p>
              {fix.snippet === undefined ? null : <CodeBlock code={fix.snippet} label={fixTarget(fix.for)} />}
            </div>
          ))}
        </section>
      )}
      <section aria-labelledby="check">
        <h2 id="check" className="font-medium text-lg">
          See for yourself
        </h2>
        <p className="mt-1 mb-2 max-w-prose text-muted text-sm">The check says whether your server has it, and shows what it saw.</p>
        <CodeBlock
          code={`npx rollcall check ${code === 'url.scheme_unsupported' ? 'ADDRESS' : 'https://mcp.example.com/mcp'}`}
          label="the command"
        />
      </section>
      {entry.references.length === 0 ? null : (
        <section aria-labelledby="references">
          <h2 id="references" className="font-medium text-lg">
            References
          </h2>
          <ul className="mt-2 flex flex-col gap-1 text-sm">
            {entry.references.map((reference) => (
              <li key={reference}>
                <Reference url={reference} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {kin.length === 0 ? null : (
        <nav aria-labelledby="kin">
          <h2 id="kin" className="font-medium text-lg">
            Its neighbours
          </h2>
          <ul className="mt-2 flex flex-col gap-1 text-sm">
            {kin.map((other) => (
              <li key={other.code}>
                <Link href={`/docs/causes/${other.code}`} className="text-accent hover:underline">
                  {other.title}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </article>
  );
}

function AliasPage({ alias }: { alias: (typeof ALIASES)[string] }) {
  return (
    <article>
      <h1 className="text-balance font-semibold text-2xl tracking-tight">{alias.title}</h1>
      <p className="mt-3 max-w-prose leading-relaxed">
        <Prose text={alias.text} />
      </p>
      <ul className="mt-4 flex flex-col gap-1">
        {alias.see.map((code) => (
          <li key={code}>
            <Link href={`/docs/causes/${code}`} className="text-accent hover:underline">
              {find(code)?.title ?? code}
            </Link>
          </li>
        ))}
      </ul>
    </article>
  );
}

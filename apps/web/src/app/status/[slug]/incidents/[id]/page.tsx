import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { IncidentStory } from '#web/components/status/incidents.tsx';
import { UnlockForm } from '#web/components/status/plain-form.tsx';
import { StatusShell } from '#web/components/status/shell.tsx';
import { stateIcon } from '#web/components/status/state.tsx';
import { readStatusPage } from '#web/lib/status-page.ts';

interface Props {
  params: Promise<{ slug: string; id: string }>;
}

async function read({ params }: Props) {
  const { slug, id } = await params;
  const document = await readStatusPage(slug);
  if (document === 'locked') return { slug, document, incident: undefined };
  const incident = [...document.open, ...document.history.flatMap((month) => month.incidents)].find((one) => one.id === id);
  return { slug, document, incident };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { document, incident } = await read(props);
  if (document === 'locked' || incident === undefined) return { title: { absolute: 'Status' }, robots: { index: false } };
  return { title: { absolute: `${incident.title} · ${document.page.title}` }, icons: { icon: stateIcon(document.status) } };
}

/** One incident under an address that stays, for whoever has to point at it. */
export default async function StatusIncidentPage(props: Props) {
  const { slug, document, incident } = await read(props);
  if (document === 'locked') return <UnlockForm slug={slug} wrong={false} />;
  if (incident === undefined) notFound();
  return (
    <StatusShell page={document.page}>
      <Link href={`/status/${slug}`} className="w-fit text-accent text-sm underline underline-offset-2">
        All systems
      </Link>
      <IncidentStory incident={incident} document={document} />
    </StatusShell>
  );
}

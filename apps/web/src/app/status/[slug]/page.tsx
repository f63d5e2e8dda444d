import type { Metadata } from 'next';
import { Banner } from '#web/components/status/banner.tsx';
import { ComponentGroups } from '#web/components/status/component-groups.tsx';
import { History, OpenIncident } from '#web/components/status/incidents.tsx';
import { Maintenance } from '#web/components/status/maintenance.tsx';
import { Notice } from '#web/components/status/notice.tsx';
import { UnlockForm } from '#web/components/status/plain-form.tsx';
import { StatusShell } from '#web/components/status/shell.tsx';
import { stateIcon } from '#web/components/status/state.tsx';
import { Subscribe } from '#web/components/status/subscribe.tsx';
import { readStatusPage } from '#web/lib/status-page.ts';

interface Props {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ done?: string | string[]; wrong?: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const document = await readStatusPage((await params).slug);
  if (document === 'locked') return { title: { absolute: 'Private status page' }, robots: { index: false } };
  const { page, status, summary } = document;
  return {
    title: { absolute: page.title },
    description: page.description === '' ? `${summary}.` : page.description,
    icons: { icon: stateIcon(status) },
    ...(page.passwordProtected ? { robots: { index: false } } : {}),
  };
}

/** The public page: state first, then what is open, then every component, what is planned and what was. */
export default async function StatusPage({ params, searchParams }: Props) {
  const { slug } = await params;
  const { done, wrong } = await searchParams;
  const document = await readStatusPage(slug);
  if (document === 'locked') return <UnlockForm slug={slug} wrong={wrong !== undefined} />;
  return (
    <StatusShell page={document.page}>
      <Notice done={done} />
      {document.page.description === '' ? null : <p className="foreign -mb-3 text-balance text-muted">{document.page.description}</p>}
      <Banner document={document} />
      {document.open.length === 0 ? null : (
        <section aria-labelledby="open" className="flex flex-col gap-3">
          <h2 id="open" className="sr-only">
            Open incidents
          </h2>
          {document.open.map((incident) => (
            <OpenIncident key={incident.id} incident={incident} document={document} />
          ))}
        </section>
      )}
      <ComponentGroups document={document} />
      <Maintenance document={document} />
      <History document={document} />
      <Subscribe slug={slug} />
    </StatusShell>
  );
}

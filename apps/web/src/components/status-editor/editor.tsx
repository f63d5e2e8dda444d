'use client';
import type { StatusPage, UpdateStatusPage } from '@rollcall/contracts';
import { LANGUAGES, wordsOf } from '@rollcall/core';
import { Button, Callout, Card, CardHeader, Confirm, Field, Input, plainText, Select, Textarea } from '@rollcall/ui';
import { CircleAlert } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useEffect, useState } from 'react';
import { toast } from 'sonner';
import { SaveConflict } from '#web/components/save-conflict.tsx';
import { api } from '#web/lib/api-browser.ts';
import { ApiError, messageOf } from '#web/lib/api-error.ts';
import { useAction } from '#web/lib/use-action.ts';
import { useGuardedSave } from '#web/lib/use-guarded-save.ts';
import { AccentField } from './accent-field.tsx';
import { AccessFields, SHOW } from './access-fields.tsx';
import { ComponentList } from './component-list.tsx';
import { changeOf, type Draft, draftOf, EDITED } from './draft.ts';
import { LogoField } from './logo-field.tsx';
import { Preview } from './preview.tsx';
import { PublishingField } from './publishing-field.tsx';

/** The form on the left, what becomes of it on the right. Nothing is sent before it is saved but for the preview. */
export function Editor({ initial }: { initial: StatusPage }) {
  const router = useRouter();
  const [page, setPage] = useState(initial);
  const [draft, setDraft] = useState<Draft>(() => draftOf(initial));
  const [error, setError] = useState<ApiError | null>(null);
  const { busy, run } = useAction<'save' | 'delete'>((failure) => {
    if (failure instanceof ApiError && failure.status < 500) setError(failure);
    else toast.error(messageOf(failure));
  });
  const change = changeOf(page, draft);
  const dirty = Object.keys(change).length > 0;
  const set = (more: Partial<Draft>) => setDraft((before) => ({ ...before, ...more }));
  useEffect(() => {
    if (!dirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [dirty]);
  const fill = (from: StatusPage) => {
    setPage(from);
    setDraft(draftOf(from));
  };
  const guard = useGuardedSave<StatusPage, UpdateStatusPage>({
    read: () => api.request('get', '/status-pages/{id}', { path: { id: page.id } }),
    write: (body, ifMatch) => api.patch('/status-pages/{id}', { path: { id: page.id }, body, ifMatch }),
    target: page.id,
    known: page,
    members: EDITED,
    onSaved: (saved) => {
      fill(saved);
      toast.success(saved.published ? 'Saved. The public sees it now.' : 'Saved. The page is not published.');
      router.refresh();
    },
  });
  const save = (event: FormEvent) => {
    event.preventDefault();
    setError(null);
    return run('save', () => guard.save(change));
  };
  const remove = async () => {
    if (await run('delete', () => api.delete('/status-pages/{id}', { path: { id: page.id } }))) router.push('/status-pages');
  };
  return (
    <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_minmax(0,480px)]">
      <form onSubmit={save} className="flex min-w-0 flex-col gap-6">
        {error === null ? null : <Callout alert tone="down" icon={<CircleAlert />} title={messageOf(error)} />}
        <Card aria-labelledby="look-heading">
          <CardHeader id="look-heading" title="Page" />
          <div className="grid gap-4 p-4 sm:grid-cols-2 xl:grid-cols-1 2xl:grid-cols-2">
            <Field label="Title" error={error?.fieldError('title')}>
              {(ids) => (
                <Input {...ids} required maxLength={120} value={draft.title} onChange={(event) => set({ title: event.target.value })} />
              )}
            </Field>
            <Field label="Slug" hint={`/status/${draft.slug}`} error={error?.fieldError('slug')}>
              {(ids) => (
                <Input
                  {...ids}
                  required
                  maxLength={63}
                  spellCheck={false}
                  value={draft.slug}
                  onChange={(event) => set({ slug: event.target.value })}
                />
              )}
            </Field>
            <Field
              label="Description"
              optional
              error={error?.fieldError('description')}
              className="sm:col-span-2 xl:col-span-1 2xl:col-span-2"
            >
              {(ids) => (
                <Textarea
                  {...ids}
                  rows={2}
                  maxLength={2000}
                  value={draft.description}
                  onChange={(event) => set({ description: event.target.value })}
                />
              )}
            </Field>
            <AccentField
              value={draft.accentColor}
              error={error?.fieldError('accentColor')}
              onChange={(accentColor) => set({ accentColor })}
            />
            <LogoField value={draft.logo} error={error?.fieldError('logo')} onChange={(logo) => set({ logo })} />
            <Field label="Website" optional hint="Linked from the top of the page." error={error?.fieldError('homepageUrl')}>
              {(ids) => (
                <Input
                  {...ids}
                  type="url"
                  placeholder="https://…"
                  value={draft.homepageUrl}
                  onChange={(event) => set({ homepageUrl: event.target.value })}
                />
              )}
            </Field>
            <Field label="Language" hint="Readers may choose another." error={error?.fieldError('locale')}>
              {(ids) => (
                <Select {...ids} value={draft.locale} onChange={(event) => set({ locale: event.target.value })} className="w-full">
                  {LANGUAGES.some((tag) => tag === draft.locale) ? null : <option value={draft.locale}>{draft.locale}</option>}
                  {LANGUAGES.map((tag) => (
                    <option key={tag} value={tag} lang={tag}>
                      {wordsOf(tag).language}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          </div>
        </Card>
        <ComponentList components={draft.components} error={error} onChange={(components) => set({ components })} />
        <Card aria-labelledby="publishing-heading">
          <CardHeader id="publishing-heading" title="What is shown" />
          <div className="flex flex-col gap-4 p-4">
            <PublishingField
              label="An incident appears"
              value={draft.publishing}
              error={error?.fieldError('publishing')}
              onChange={(publishing) => publishing !== null && set({ publishing })}
            />
            <fieldset>
              <legend className="mb-1.5 font-medium text-sm">Beside the state</legend>
              <div className="grid gap-1 sm:grid-cols-2">
                {SHOW.map(([member, label]) => (
                  <label key={member} className="flex min-h-7 items-center gap-2 text-sm">
                    <input
                      type="checkbox"
                      checked={draft.show[member]}
                      onChange={(event) => set({ show: { ...draft.show, [member]: event.target.checked } })}
                      className="size-4 accent-primary"
                    />
                    {label}
                  </label>
                ))}
              </div>
            </fieldset>
          </div>
        </Card>
        <AccessFields draft={draft} page={page} error={error} onChange={set} />
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p className="text-muted text-sm">A deleted page takes its reports and subscribers with it.</p>
          <Confirm
            trigger={<Button variant="danger">Delete the page</Button>}
            title={`Delete ${plainText(page.title, 80)}?`}
            description="Its reports and subscribers go with it, and its address is free for others. This cannot be undone."
            action="Delete"
            onConfirm={remove}
          />
        </div>
        <div className="sticky bottom-0 z-10 -mx-4 flex flex-wrap items-center gap-2 border-t bg-canvas px-4 py-3 sm:mx-0 sm:px-0">
          <span role="status" className="mr-auto text-muted text-sm">
            {dirty ? 'Not saved yet' : 'Everything is saved'}
          </span>
          <Button disabled={!dirty || busy !== null} onClick={() => setDraft(draftOf(page))}>
            Discard
          </Button>
          <Button type="submit" variant="primary" busy={busy === 'save'} disabled={!dirty}>
            Save
          </Button>
        </div>
      </form>
      <SaveConflict guard={guard} onReload={fill} />
      <div className="min-w-0 xl:sticky xl:top-6">
        <Preview pageId={page.id} draft={draft} change={change} />
      </div>
    </div>
  );
}

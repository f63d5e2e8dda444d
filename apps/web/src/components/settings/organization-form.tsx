'use client';
import type { OrganizationSettings } from '@rollcall/contracts';
import { Button, Card, CardHeader, Field, Input } from '@rollcall/ui';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import { SaveConflict } from '#web/components/save-conflict.tsx';
import { api } from '#web/lib/api-browser.ts';
import { ApiError, messageOf } from '#web/lib/api-error.ts';
import { changedMembers } from '#web/lib/changed.ts';
import { useGuardedSave } from '#web/lib/use-guarded-save.ts';

const EDITED = ['name', 'slug'] as const;

export function OrganizationForm({ organization, canManage }: { organization: OrganizationSettings; canManage: boolean }) {
  const [known, setKnown] = useState(organization);
  return <Names key={`${known.name}/${known.slug}`} known={known} canManage={canManage} onKnown={setKnown} />;
}

function Names({
  known,
  canManage,
  onKnown,
}: {
  known: OrganizationSettings;
  canManage: boolean;
  onKnown: (known: OrganizationSettings) => void;
}) {
  const { name, slug } = known;
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<{ name?: string | undefined; slug?: string | undefined }>({});
  const guard = useGuardedSave<OrganizationSettings, { name?: string; slug?: string }>({
    read: () => api.request('get', '/organization'),
    write: (body, ifMatch) => api.patch('/organization', { body, ifMatch }),
    target: known.id,
    known,
    members: EDITED,
    onSaved: (saved) => {
      onKnown(saved);
      toast.success('The organization is saved.');
      router.refresh();
    },
  });
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setErrors({});
    try {
      const change = changedMembers({ name: String(form.get('name')).trim(), slug: String(form.get('slug')).trim() }, known);
      if (Object.keys(change).length === 0) toast('Nothing was changed.');
      else await guard.save(change);
    } catch (error) {
      const found = error instanceof ApiError ? { name: error.fieldError('name'), slug: error.fieldError('slug') } : {};
      setErrors(found);
      if (found.name === undefined && found.slug === undefined) toast.error(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Card aria-labelledby="names-heading">
      <CardHeader id="names-heading" title="Name" {...(canManage ? {} : { hint: 'owners and admins change it' })} />
      <SaveConflict guard={guard} onReload={onKnown} />
      <form method="post" onSubmit={save} className="flex flex-col gap-4 p-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Name" error={errors.name}>
            {(ids) => <Input {...ids} name="name" defaultValue={name} required maxLength={100} disabled={!canManage} />}
          </Field>
          <Field label="Slug" hint="Small letters, digits and hyphens." error={errors.slug}>
            {(ids) => (
              <Input
                {...ids}
                name="slug"
                defaultValue={slug}
                required
                maxLength={48}
                autoCapitalize="none"
                spellCheck={false}
                className="font-mono"
                disabled={!canManage}
              />
            )}
          </Field>
        </div>
        {canManage ? (
          <Button type="submit" busy={busy} className="self-start">
            Save
          </Button>
        ) : null}
      </form>
    </Card>
  );
}

'use client';
import type { Channel, UpdateChannel } from '@rollcall/contracts';
import { Button, Callout, Card, CardHeader, Field, Input } from '@rollcall/ui';
import { CircleAlert } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import { SaveConflict } from '#web/components/save-conflict.tsx';
import { api } from '#web/lib/api-browser.ts';
import { ApiError, messageOf } from '#web/lib/api-error.ts';
import { changedMembers } from '#web/lib/changed.ts';
import { useAction } from '#web/lib/use-action.ts';
import { useGuardedSave } from '#web/lib/use-guarded-save.ts';
import { CHANNEL_FORMS, configText, readConfigChange } from './channel-types.ts';
import { fromDraftRoutes, RouteList, toDraftRoutes } from './route-list.tsx';
import { FollowUpFields, type FollowUps, QuietHoursFields } from './timing-fields.tsx';

const EDITED = ['name', 'config', 'routes', 'quietHours', 'remindMinutes', 'escalation', 'standby'] as const;

/** The form of what is stored; of what others stored meanwhile, when that is asked for. */
export function ChannelSettings({ channel, channels }: { channel: Channel; channels: Channel[] }) {
  const [known, setKnown] = useState(channel);
  return <ChannelForm key={known.updatedAt} channel={known} channels={channels} onKnown={setKnown} />;
}

/** Everything about a channel but its type. Secrets are never shown: an empty field keeps what is stored. */
function ChannelForm({ channel, channels, onKnown }: { channel: Channel; channels: Channel[]; onKnown: (channel: Channel) => void }) {
  const [routes, setRoutes] = useState(() => toDraftRoutes(channel.routes));
  const [quietHours, setQuietHours] = useState(channel.quietHours);
  const [follow, setFollow] = useState<FollowUps>(channel);
  const [error, setError] = useState<ApiError | null>(null);
  const { busy, run } = useAction<'save'>((failure) => {
    if (failure instanceof ApiError && failure.status < 500) setError(failure);
    else toast.error(messageOf(failure));
  });
  const guard = useGuardedSave<Channel, UpdateChannel>({
    read: () => api.request('get', '/channels/{id}', { path: { id: channel.id } }),
    write: (body, ifMatch) => api.patch('/channels/{id}', { path: { id: channel.id }, body, ifMatch }),
    target: channel.id,
    known: channel,
    members: EDITED,
    onSaved: (saved) => {
      onKnown(saved);
      toast.success('Saved. Send a test message to be sure.');
    },
  });
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setError(null);
    return run('save', () => {
      const wanted = {
        name: String(form.get('name')).trim(),
        config: readConfigChange(channel, form),
        routes: fromDraftRoutes(routes),
        quietHours,
        remindMinutes: follow.remindMinutes,
        escalation: follow.escalation,
        standby: follow.standby,
      };
      const { config, ...change } = changedMembers(wanted, channel);
      return guard.save({ ...change, config: wanted.config });
    });
  };
  return (
    <form onSubmit={save} className="flex max-w-3xl flex-col gap-6">
      <SaveConflict guard={guard} onReload={onKnown} />
      <Card aria-labelledby="target-heading">
        <CardHeader id="target-heading" title={CHANNEL_FORMS[channel.type].label} />
        <div className="flex flex-col gap-4 p-4">
          <Field label="Name" error={error?.fieldError('name')}>
            {(ids) => <Input {...ids} name="name" required maxLength={200} defaultValue={channel.name} />}
          </Field>
          {CHANNEL_FORMS[channel.type].fields.map((field) => {
            const { shown, stored } = configText(channel, field.name);
            return (
              <Field
                key={field.name}
                label={field.label}
                optional={field.optional ?? false}
                hint={stored ? 'Stored and not shown; leave it empty to keep it.' : field.hint}
                error={error?.fieldError(`config/${field.name}`)}
              >
                {(ids) => (
                  <Input
                    {...ids}
                    name={`config.${field.name}`}
                    type={field.secret === true ? 'password' : 'text'}
                    autoComplete="off"
                    spellCheck={false}
                    required={field.optional !== true && !stored}
                    placeholder={stored ? '••••••••' : field.placeholder}
                    defaultValue={shown}
                  />
                )}
              </Field>
            );
          })}
        </div>
      </Card>
      <RouteList routes={routes} error={error} onChange={setRoutes} />
      <QuietHoursFields value={quietHours} error={error} onChange={setQuietHours} />
      <FollowUpFields
        channel={channel}
        others={channels}
        value={follow}
        error={error}
        onChange={(change) => setFollow((before) => ({ ...before, ...change }))}
      />
      {error === null ? null : <Callout alert tone="down" icon={<CircleAlert />} title={messageOf(error)} />}
      <Button type="submit" variant="primary" busy={busy === 'save'} className="self-start">
        Save
      </Button>
    </form>
  );
}

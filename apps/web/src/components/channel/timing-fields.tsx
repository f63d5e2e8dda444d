'use client';
import type { Channel } from '@rollcall/contracts';
import { Button, Card, CardHeader, Field, Input, plainText, Select } from '@rollcall/ui';
import { Plus, Trash2 } from 'lucide-react';
import { useZone } from '#web/components/clock.tsx';
import { Weekdays } from '#web/components/weekdays.tsx';
import { ZoneSelect } from '#web/components/zone-select.tsx';
import type { ApiError } from '#web/lib/api-error.ts';
import { Checks } from './checks.tsx';
import { CHOOSABLE_EVENTS, EVENT_LABEL } from './event-words.ts';

type Quiet = NonNullable<Channel['quietHours']>;

/** Local hours in which notices wait. */
export function QuietHoursFields({
  value,
  error,
  onChange,
}: {
  value: Quiet | null;
  error: ApiError | null;
  onChange: (value: Quiet | null) => void;
}) {
  const timeZone = useZone();
  return (
    <Card aria-labelledby="quiet-heading">
      <CardHeader id="quiet-heading" title="Quiet hours" hint="notices wait until they end" />
      <div className="flex flex-col gap-4 p-4">
        <label className="flex min-h-7 items-center gap-2 text-sm">
          <input
            type="checkbox"
            checked={value !== null}
            onChange={(event) =>
              onChange(event.target.checked ? { from: '22:00', to: '07:00', timeZone, through: ['endpoint.down'] } : null)
            }
            className="size-4 accent-primary"
          />
          Keep quiet hours
        </label>
        {value === null ? null : (
          <>
            <div className="grid gap-4 sm:grid-cols-3">
              <Field label="From" error={error?.fieldError('quietHours/from')}>
                {(ids) => (
                  <Input
                    {...ids}
                    type="time"
                    required
                    value={value.from}
                    onChange={(event) => onChange({ ...value, from: event.target.value })}
                  />
                )}
              </Field>
              <Field label="To" hint={value.to < value.from ? 'Of the next day.' : undefined} error={error?.fieldError('quietHours/to')}>
                {(ids) => (
                  <Input
                    {...ids}
                    type="time"
                    required
                    value={value.to}
                    onChange={(event) => onChange({ ...value, to: event.target.value })}
                  />
                )}
              </Field>
              <ZoneSelect value={value.timeZone} onChange={(zone) => onChange({ ...value, timeZone: zone })} />
            </div>
            <Weekdays
              legend="Begin on (none chosen: every day)"
              value={value.weekdays ?? []}
              onChange={(weekdays) => {
                const { weekdays: _, ...rest } = value;
                onChange(weekdays.length === 0 ? rest : { ...rest, weekdays });
              }}
            />
            <Checks
              legend="Told all the same"
              none="none means everything waits"
              options={CHOOSABLE_EVENTS}
              labels={EVENT_LABEL}
              value={value.through}
              onChange={(through) => onChange({ ...value, through })}
            />
          </>
        )}
      </div>
    </Card>
  );
}

export interface FollowUps {
  remindMinutes: number | null;
  escalation: Channel['escalation'];
  standby: boolean;
}

/** What happens until somebody has acknowledged. */
export function FollowUpFields({
  channel,
  others,
  value,
  error,
  onChange,
}: {
  channel: Channel;
  others: Channel[];
  value: FollowUps;
  error: ApiError | null;
  onChange: (change: Partial<FollowUps>) => void;
}) {
  const { escalation } = value;
  const setStep = (at: number, step: Partial<FollowUps['escalation'][number]>) =>
    onChange({ escalation: escalation.map((one, index) => (index === at ? { ...one, ...step } : one)) });
  const free = others.filter(({ id }) => id !== channel.id);
  return (
    <Card aria-labelledby="follow-heading">
      <CardHeader id="follow-heading" title="Until somebody has it" hint="an acknowledgement stops both" />
      <div className="flex flex-col gap-4 p-4">
        <Field
          label="Repeat every so many minutes"
          optional
          hint="Empty: told once."
          error={error?.fieldError('remindMinutes')}
          className="max-w-72"
        >
          {(ids) => (
            <Input
              {...ids}
              type="number"
              min={5}
              max={10_080}
              value={value.remindMinutes ?? ''}
              onChange={(event) => onChange({ remindMinutes: event.target.value === '' ? null : Math.round(Number(event.target.value)) })}
            />
          )}
        </Field>
        <div>
          <p className="mb-1.5 font-medium text-sm">Escalation</p>
          {escalation.length === 0 ? <p className="text-muted text-sm">Nobody else is told.</p> : null}
          <ol className="flex flex-col gap-2">
            {escalation.map((step, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place in the order
              <li key={index} className="flex flex-wrap items-start gap-2">
                <Field label={`Step ${index + 1}: minutes`} className="w-32" error={error?.fieldError(`escalation/${index}/afterMinutes`)}>
                  {(ids) => (
                    <Input
                      {...ids}
                      type="number"
                      required
                      min={1}
                      max={10_080}
                      value={step.afterMinutes || ''}
                      onChange={(event) => setStep(index, { afterMinutes: Math.round(Number(event.target.value)) })}
                    />
                  )}
                </Field>
                <Field label="then tell" className="min-w-40 flex-1" error={error?.fieldError(`escalation/${index}/channel`)}>
                  {(ids) => (
                    <Select
                      {...ids}
                      value={step.channel}
                      onChange={(event) => setStep(index, { channel: event.target.value })}
                      className="w-full"
                    >
                      {free.map(({ id, name }) => (
                        <option key={id} value={id}>
                          {plainText(name, 80)}
                        </option>
                      ))}
                    </Select>
                  )}
                </Field>
                <Button
                  variant="ghost"
                  size="icon"
                  aria-label={`Remove step ${index + 1}`}
                  className="mt-6.5"
                  onClick={() => onChange({ escalation: escalation.filter((_, at) => at !== index) })}
                >
                  <Trash2 aria-hidden className="size-4" />
                </Button>
              </li>
            ))}
          </ol>
          {free[0] === undefined ? (
            <p className="mt-2 text-faint text-xs">A second channel is needed to escalate to.</p>
          ) : escalation.length >= 10 ? null : (
            <Button
              size="sm"
              className="mt-3"
              onClick={() =>
                onChange({
                  escalation: [...escalation, { afterMinutes: (escalation.at(-1)?.afterMinutes ?? 0) + 15, channel: free[0]?.id ?? '' }],
                })
              }
            >
              <Plus aria-hidden className="size-3.5" />
              Add a step
            </Button>
          )}
        </div>
        <label className="flex min-h-7 items-center gap-2 text-sm">
          <input
            type="checkbox"
            checked={value.standby}
            onChange={(event) => onChange({ standby: event.target.checked })}
            className="size-4 accent-primary"
          />
          On standby: takes only what is escalated to it
        </label>
      </div>
    </Card>
  );
}

'use client';
import type { AuthInput, Endpoint, Expect, Report, Step } from '@rollcall/contracts';
import { Button, Callout, Card, CardHeader, cn, Field, Input, plainText } from '@rollcall/ui';
import { ArrowRight, CircleAlert } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { type FormEvent, useRef, useState } from 'react';
import { toast } from 'sonner';
import { AuthFields, MainFields, readAuth, readMain, readWire, WireFields } from '#web/components/endpoint/endpoint-fields.tsx';
import { ImportFile } from '#web/components/endpoint/import-file.tsx';
import { LiveSteps } from '#web/components/report/live-steps.tsx';
import { ReportView } from '#web/components/report/report-view.tsx';
import { api } from '#web/lib/api-browser.ts';
import { ApiError, messageOf } from '#web/lib/api-error.ts';
import { runCheck } from '#web/lib/run-check.ts';
import { type Suggestion, suggestExpectations, suggestInterval } from '#web/lib/suggest.ts';

/** What was checked, so that exactly that is saved. */
interface Target {
  url: string;
  transport: Endpoint['transport'];
  era: Endpoint['era'];
  auth: AuthInput;
}
type Stage = { at: 'idle' } | { at: 'checking'; target: Target } | { at: 'checked'; target: Target; report: Report };

/** By its URL, or many at once out of a client's configuration file. */
export function NewEndpoint() {
  const [from, setFrom] = useQueryState('from', parseAsStringLiteral(['url', 'file']).withDefault('url'));
  const [pasted, setPasted] = useState('');
  const paste = (text: string) => {
    setPasted(text);
    void setFrom('file');
  };
  return (
    <div className="flex flex-col gap-5">
      <fieldset className="flex w-fit rounded-control bg-sunken p-0.5">
        <legend className="sr-only">What you have</legend>
        {(['url', 'file'] as const).map((value) => (
          <label
            key={value}
            className={cn(
              'flex h-8 cursor-pointer items-center rounded-[5px] px-3 text-muted text-sm has-focus-visible:outline-2 has-focus-visible:outline-accent',
              from === value && 'bg-surface font-medium text-ink shadow-card',
            )}
          >
            <input type="radio" name="from" className="sr-only" checked={from === value} onChange={() => setFrom(value)} />
            {value === 'url' ? 'One server' : 'A configuration file'}
          </label>
        ))}
      </fieldset>
      {from === 'file' ? <ImportFile key={pasted} initial={pasted} /> : <FromUrl onConfig={paste} />}
    </div>
  );
}

function FromUrl({ onConfig }: { onConfig: (text: string) => void }) {
  const [stage, setStage] = useState<Stage>({ at: 'idle' });
  const [steps, setSteps] = useState<Step[]>([]);
  const [error, setError] = useState<ApiError | null>(null);
  const running = useRef<AbortController | null>(null);

  const check = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const url = String(form.get('url')).trim();
    const target: Target = {
      url: /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `https://${url}`,
      ...readWire(form),
      auth: readAuth(form) ?? { type: 'none' },
    };
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    setSteps([]);
    setError(null);
    setStage({ at: 'checking', target });
    try {
      const report = await runCheck(target, (step) => setSteps((before) => [...before, step]), controller.signal);
      setStage({ at: 'checked', target, report });
    } catch (failure) {
      if (controller.signal.aborted) return;
      setStage({ at: 'idle' });
      setError(failure instanceof ApiError ? failure : new ApiError(0, null));
      if (!(failure instanceof ApiError)) toast.error(messageOf(failure));
    }
  };

  return (
    <div className="flex flex-col gap-5">
      <Card aria-label="What to check">
        <form onSubmit={check} className="flex flex-col gap-4 p-4 sm:p-5">
          <div className="flex items-end gap-2 max-sm:flex-col max-sm:items-stretch">
            <Field label="URL" error={error?.fieldError('url')} className="flex-1">
              {(ids) => (
                <Input
                  {...ids}
                  name="url"
                  required
                  maxLength={2048}
                  autoFocus
                  autoComplete="off"
                  spellCheck={false}
                  inputMode="url"
                  placeholder="https://mcp.example.com/mcp"
                  className="font-mono"
                  onPaste={(event) => {
                    const text = event.clipboardData.getData('text').trim();
                    if (!text.startsWith('{')) return;
                    event.preventDefault();
                    onConfig(text);
                  }}
                />
              )}
            </Field>
            <Button type="submit" variant={stage.at === 'checked' ? 'secondary' : 'primary'} busy={stage.at === 'checking'} className="h-9">
              {stage.at === 'checked' ? 'Check again' : 'Check'}
            </Button>
          </div>
          <details>
            <summary className="w-fit text-muted text-sm hover:text-ink">Sign-in, transport and era</summary>
            <div className="mt-4 flex flex-col gap-4">
              <AuthFields error={error} />
              <div className="grid gap-4 sm:grid-cols-2">
                <WireFields error={error} />
              </div>
            </div>
          </details>
          {error === null || error.fieldError('url') !== undefined ? null : (
            <Callout alert tone="down" icon={<CircleAlert />} title={messageOf(error)} />
          )}
        </form>
      </Card>
      {stage.at === 'checking' ? <LiveSteps steps={steps} /> : null}
      {stage.at === 'checked' ? (
        <>
          <SaveForm key={stage.target.url} target={stage.target} report={stage.report} />
          <ReportView report={stage.report} />
        </>
      ) : null}
    </div>
  );
}

/** A first guess at the name: what the server calls itself, else its host. */
function suggestName(target: Target, report: Report): string {
  const own = report.server?.name.trim().slice(0, 80);
  if (own) return own;
  return URL.canParse(target.url) ? new URL(target.url).host : '';
}

function SaveForm({ target, report }: { target: Target; report: Report }) {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const suggestions = suggestExpectations(report);
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const form = new FormData(event.currentTarget);
      const wanted = suggestions.filter(({ id }) => form.get(`expect-${id}`) !== null);
      const expect: Expect = Object.assign({}, ...wanted.map((suggestion) => suggestion.expect));
      const body = { ...target, ...readMain(form), ...(wanted.length === 0 ? {} : { expect }) };
      const created = await api.post('/endpoints', { body });
      router.push(`/endpoints/${created.id}`);
    } catch (failure) {
      setBusy(false);
      if (failure instanceof ApiError) setError(failure);
      else toast.error(messageOf(failure));
    }
  };
  return (
    <Card aria-labelledby="save-heading">
      <CardHeader
        id="save-heading"
        title="Monitor it"
        hint={report.verdict === 'down' ? 'you will be told when it recovers, too' : 'from now on, day and night'}
      />
      <form onSubmit={save} className="grid gap-4 p-4 sm:grid-cols-3 sm:p-5">
        <MainFields name={suggestName(target, report)} intervalSeconds={suggestInterval(report)} error={error} />
        <Suggestions suggestions={suggestions} />
        {error === null ? null : <Callout alert tone="down" icon={<CircleAlert />} title={messageOf(error)} className="sm:col-span-3" />}
        <div className="sm:col-span-3">
          <Button type="submit" variant="primary" busy={busy}>
            Save and monitor
            <ArrowRight aria-hidden className="size-4" />
          </Button>
        </div>
      </form>
    </Card>
  );
}

/** What else the owner might expect, out of what the check saw. All of it can be changed later. */
function Suggestions({ suggestions }: { suggestions: Suggestion[] }) {
  if (suggestions.length === 0) return null;
  return (
    <fieldset className="sm:col-span-3">
      <legend className="mb-2 font-medium text-sm">Tell me, too, when this no longer holds</legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {suggestions.map(({ id, label, why, checked }) => (
          <label key={id} className="flex items-start gap-2 text-sm">
            <input type="checkbox" name={`expect-${id}`} defaultChecked={checked} className="mt-1 accent-accent" />
            <span className="min-w-0">
              {label}
              <span className="foreign line-clamp-2 text-muted text-xs">{plainText(why, 300)}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

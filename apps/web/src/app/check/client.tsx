'use client';
import type { Report, Step } from '@rollcall/contracts';
import { Button, Callout, Field, Input } from '@rollcall/ui';
import { CircleAlert, Link as LinkIcon } from 'lucide-react';
import Link from 'next/link';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { LiveSteps } from '#web/components/report/live-steps.tsx';
import { ReportView } from '#web/components/report/report-view.tsx';
import { ApiError, messageOf } from '#web/lib/api-error.ts';
import { runCheck } from '#web/lib/run-check.ts';

type Stage = { at: 'idle' } | { at: 'checking' } | { at: 'checked'; report: Report };

/** Paste, watch, read, pass on the link. */
export function PublicCheck() {
  const [stage, setStage] = useState<Stage>({ at: 'idle' });
  const [steps, setSteps] = useState<Step[]>([]);
  const [link, setLink] = useState<string | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const check = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get('url')).trim();
    const url = /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`;
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    setSteps([]);
    setError(null);
    setLink(null);
    setStage({ at: 'checking' });
    try {
      const onStep = (step: Step) => setSteps((before) => [...before, step]);
      const onStored = ({ path }: { path: string }) => setLink(path);
      const report = await runCheck({ url }, onStep, controller.signal, { path: '/check/run', onStored });
      setStage({ at: 'checked', report });
    } catch (failure) {
      if (controller.signal.aborted) return;
      setStage({ at: 'idle' });
      setError(failure instanceof ApiError ? failure : new ApiError(0, null));
    }
  };

  return (
    <div className="flex flex-col gap-5">
      <form onSubmit={check} className="flex items-end gap-2 max-sm:flex-col max-sm:items-stretch">
        <Field label="Address of the server" error={error?.fieldError('url')} className="flex-1">
          {(ids) => (
            <Input
              {...ids}
              name="url"
              required
              maxLength={2048}
              autoComplete="off"
              spellCheck={false}
              inputMode="url"
              placeholder="https://mcp.example.com/mcp"
              className="font-mono"
            />
          )}
        </Field>
        <Button type="submit" variant={stage.at === 'checked' ? 'secondary' : 'primary'} busy={stage.at === 'checking'} className="h-9">
          {stage.at === 'checked' ? 'Check again' : 'Check'}
        </Button>
      </form>
      {error === null || error.fieldError('url') !== undefined ? null : (
        <Callout alert tone="down" icon={<CircleAlert />} title={messageOf(error)} />
      )}
      {stage.at === 'checking' ? <LiveSteps steps={steps} /> : null}
      {stage.at === 'checked' ? (
        <>
          {link === null ? null : (
            <p className="flex flex-wrap items-center gap-x-2 text-muted text-sm">
              <LinkIcon aria-hidden className="size-4" />
              <Link href={link} className="text-accent underline underline-offset-2">
                Link to this report
              </Link>
              <span>good for 30 days</span>
            </p>
          )}
          <ReportView report={stage.report} />
        </>
      ) : null}
    </div>
  );
}

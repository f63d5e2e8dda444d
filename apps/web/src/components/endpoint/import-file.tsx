'use client';
import type { ConfigFinding, ImportResult } from '@rollcall/contracts/client-config';
import { Button, Callout, Card, CardHeader, Chip, cn, Field, Input, plainText, plural, Textarea } from '@rollcall/ui';
import { useQueryClient } from '@tanstack/react-query';
import { CircleAlert, FileJson } from 'lucide-react';
import Link from 'next/link';
import { type DragEvent, type FormEvent, type ReactNode, useState } from 'react';
import { toast } from 'sonner';
import { api } from '#web/lib/api-browser.ts';
import { ApiError, messageOf } from '#web/lib/api-error.ts';

const MAX_BYTES = 1024 * 1024;
const FORMAT_WORD: Record<ImportResult['format'], string> = {
  'mcp-json': '.mcp.json of Claude Code',
  'claude-json': '~/.claude.json of Claude Code',
  'claude-desktop': 'configuration of Claude Desktop',
  vscode: 'configuration of VS Code',
  cursor: 'configuration of Cursor',
  windsurf: 'configuration of Windsurf',
  'gemini-cli': 'settings of Gemini CLI',
  librechat: 'configuration of LibreChat',
  'server-json': 'server.json of the registry',
};

interface Body {
  content: string;
  tags: string[];
  variables: Record<string, string>;
}

function readBody(form: FormData, content: string): Body {
  const lines = String(form.get('variables') ?? '').split('\n');
  return {
    content,
    tags: [
      ...new Set(
        String(form.get('tags') ?? '')
          .split(/[\s,]+/)
          .filter(Boolean),
      ),
    ],
    variables: Object.fromEntries(
      lines.flatMap((line) => {
        const equals = line.indexOf('=');
        return equals < 1 ? [] : [[line.slice(0, equals).trim(), line.slice(equals + 1).trim()]];
      }),
    ),
  };
}

/** A client's configuration file: first what would become of it, then it is done. */
export function ImportFile({ initial = '' }: { initial?: string }) {
  const queries = useQueryClient();
  const [content, setContent] = useState(initial);
  const [plan, setPlan] = useState<{ body: Body; result: ImportResult } | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);

  const send = async (body: Body, dryRun: boolean) => {
    setBusy(true);
    setError(null);
    try {
      const result = await api.post('/import', { body: { ...body, dryRun } });
      setPlan({ body, result });
      if (dryRun) return;
      toast.success(`${plural(result.endpoints.filter(({ status }) => status === 'created').length, 'endpoint')} registered.`);
      await queries.invalidateQueries();
    } catch (failure) {
      if (failure instanceof ApiError) setError(failure);
      else toast.error(messageOf(failure));
      if (dryRun) setPlan(null);
    } finally {
      setBusy(false);
    }
  };
  const take = async (file: File | undefined) => {
    if (file === undefined) return;
    if (file.size > MAX_BYTES) return void toast.error('The file is larger than 1 MiB.');
    setContent(await file.text());
    setPlan(null);
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void send(readBody(new FormData(event.currentTarget), content), true);
  };
  return (
    <div className="flex flex-col gap-5">
      <Card aria-label="Configuration file">
        <form onSubmit={submit} className="flex flex-col gap-4 p-4 sm:p-5">
          <DropZone onFile={take}>
            <Field
              label="Configuration"
              hint=".mcp.json, claude_desktop_config.json, VS Code, Cursor, Windsurf, Gemini CLI or a registry's server.json: paste it, or drop the file here."
              error={error?.fieldError('content')}
            >
              {(ids) => (
                <Textarea
                  {...ids}
                  name="content"
                  required
                  rows={9}
                  spellCheck={false}
                  autoComplete="off"
                  className="font-mono text-xs"
                  placeholder={'{\n  "mcpServers": {\n    "search": { "type": "http", "url": "https://mcp.example.com/mcp" }\n  }\n}'}
                  value={content}
                  onChange={(event) => {
                    setContent(event.target.value);
                    setPlan(null);
                  }}
                />
              )}
            </Field>
          </DropZone>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label="Tags" optional hint="For every endpoint of the file." error={error?.fieldError('tags')}>
              {(ids) => <Input {...ids} name="tags" placeholder="imported team:search" />}
            </Field>
            <Field
              label="Values of variables"
              optional
              hint="NAME=value, one a line. Stored encrypted."
              error={error?.fieldError('variables')}
            >
              {(ids) => <Textarea {...ids} name="variables" rows={2} spellCheck={false} autoComplete="off" className="font-mono text-xs" />}
            </Field>
          </div>
          {error === null || error.fieldError('content') !== undefined ? null : (
            <Callout alert tone="down" icon={<CircleAlert />} title={messageOf(error)} />
          )}
          <div className="flex flex-wrap gap-2">
            <Button type="submit" variant={plan === null ? 'primary' : 'secondary'} busy={busy && plan === null}>
              Show what it would do
            </Button>
            <Button asChild>
              <label className="cursor-pointer has-focus-visible:outline-2 has-focus-visible:outline-accent">
                <FileJson aria-hidden className="size-4" />
                Choose a file
                <input
                  type="file"
                  accept=".json,.jsonc,application/json"
                  className="sr-only"
                  onChange={(event) => take(event.target.files?.[0])}
                />
              </label>
            </Button>
          </div>
        </form>
      </Card>
      {plan === null ? null : <Plan result={plan.result} busy={busy} onConfirm={() => send(plan.body, false)} />}
    </div>
  );
}

function DropZone({ onFile, children }: { onFile: (file: File | undefined) => void; children: ReactNode }) {
  const [over, setOver] = useState(false);
  const hold = (event: DragEvent, inside: boolean) => {
    event.preventDefault();
    setOver(inside);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the field and the button take the same file
    <div
      onDragOver={(event) => hold(event, true)}
      onDragLeave={(event) => hold(event, false)}
      onDrop={(event) => {
        hold(event, false);
        onFile(event.dataTransfer.files[0]);
      }}
      className={cn('rounded-control', over && 'outline-2 outline-accent outline-offset-4')}
    >
      {children}
    </div>
  );
}

const STATUS_WORD = { created: 'Will be registered', exists: 'Watched already', skipped: 'Skipped' } as const;

function Plan({ result, busy, onConfirm }: { result: ImportResult; busy: boolean; onConfirm: () => void }) {
  const { endpoints, findings, dryRun } = result;
  const fresh = endpoints.filter(({ status }) => status === 'created').length;
  return (
    <>
      <Card aria-labelledby="plan-heading">
        <CardHeader
          id="plan-heading"
          title={dryRun ? 'What would be done' : 'What was done'}
          hint={`read as ${FORMAT_WORD[result.format]}`}
        />
        <ul className="divide-y">
          {endpoints.map((entry, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a file may name a server twice
            <li key={index} className="flex flex-wrap items-start gap-x-3 gap-y-1 px-4 py-2.5 text-sm">
              <div className="min-w-0 flex-1 basis-60">
                <p className="foreign line-clamp-2 font-medium">
                  {entry.id === null ? (
                    plainText(entry.name, 120)
                  ) : (
                    <Link href={`/endpoints/${entry.id}`} className="hover:underline">
                      {plainText(entry.name, 120)}
                    </Link>
                  )}
                </p>
                {entry.url === null ? null : (
                  <p className="foreign line-clamp-2 font-mono text-faint text-xs">{plainText(entry.url, 300)}</p>
                )}
                {entry.reason === null ? null : <p className="foreign text-muted text-xs">{plainText(entry.reason, 500)}</p>}
              </div>
              <Chip className={entry.status === 'created' ? 'tint-up text-up' : ''}>
                {entry.status === 'created' && !dryRun ? 'Registered' : STATUS_WORD[entry.status]}
              </Chip>
            </li>
          ))}
        </ul>
        {endpoints.length === 0 ? <p className="px-4 py-5 text-muted text-sm">The file names no server.</p> : null}
        <div className="border-t p-4">
          {dryRun ? (
            <Button variant="primary" busy={busy} disabled={fresh === 0} onClick={onConfirm}>
              {fresh === 0 ? 'Nothing to register' : `Register ${plural(fresh, 'endpoint')}`}
            </Button>
          ) : (
            <Button asChild variant="primary">
              <Link href="/endpoints">Go to the endpoints</Link>
            </Button>
          )}
        </div>
      </Card>
      <Remarks findings={findings} />
    </>
  );
}

const REMARK_LOOK = { error: 'tint-down text-down', warning: 'tint-degraded text-degraded', notice: 'text-muted' } as const;

/** What clients would refuse in the file, or should not be there. */
function Remarks({ findings }: { findings: ConfigFinding[] }) {
  if (findings.length === 0) return null;
  return (
    <Card aria-labelledby="remarks-heading">
      <CardHeader id="remarks-heading" title="Remarks on the file" hint={plural(findings.length, 'remark')} />
      <ul className="divide-y">
        {findings.map((finding) => (
          <li
            key={`${finding.path} ${finding.code} ${finding.line}`}
            className="flex flex-wrap items-start gap-x-3 gap-y-1 px-4 py-2.5 text-sm"
          >
            <Chip className={REMARK_LOOK[finding.severity]}>{finding.severity}</Chip>
            <div className="min-w-0 flex-1 basis-60">
              <p className="foreign">{plainText(finding.message, 600)}</p>
              {finding.fix === null ? null : <p className="foreign text-muted">{plainText(finding.fix, 600)}</p>}
              <p className="foreign font-mono text-faint text-xs">
                {finding.line === null ? '' : `line ${finding.line} `}
                {plainText(finding.path, 200)}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}

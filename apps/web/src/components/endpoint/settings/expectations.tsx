'use client';
import type { Endpoint } from '@rollcall/contracts';
import { Button, Callout, Field, Input, Select, Textarea } from '@rollcall/ui';
import { Plus, TriangleAlert, X } from 'lucide-react';
import { useState } from 'react';
import { type AssertionLine, OPERATORS } from './read-settings.ts';
import type { FieldErrors } from './section.tsx';

/** What the owner wants beyond "it works". An empty field expects nothing. */
export function Expectations({ expect, errorAt }: { expect: Endpoint['expect']; errorAt: FieldErrors }) {
  const text = { spellCheck: false, autoComplete: 'off' } as const;
  return (
    <>
      <Field label="Latency budget in ms" optional hint="Handshake and list; slower is degraded." error={errorAt('expect/latencyMs')}>
        {(ids) => <Input {...ids} name="latencyMs" type="number" min={1} max={600_000} defaultValue={expect.latencyMs} />}
      </Field>
      <Field label="Certificate valid for so many days more" optional error={errorAt('expect/certificateDays')}>
        {(ids) => <Input {...ids} name="certificateDays" type="number" min={1} max={365} defaultValue={expect.certificateDays} />}
      </Field>
      <Field label="At least this many tools" optional error={errorAt('expect/minTools')}>
        {(ids) => <Input {...ids} name="minTools" type="number" min={0} max={20_000} defaultValue={expect.minTools} />}
      </Field>
      <Field
        label="Protocol versions"
        optional
        hint="One of these must be negotiated. Separated by spaces."
        error={errorAt('expect/protocolVersions')}
      >
        {(ids) => (
          <Input
            {...ids}
            {...text}
            name="protocolVersions"
            placeholder="2025-11-25 2026-07-28"
            defaultValue={expect.protocolVersions?.join(' ')}
          />
        )}
      </Field>
      <Field
        label="Tools that must be there"
        optional
        hint="One name a line."
        className="sm:col-span-2"
        error={errorAt('expect/requiredTools')}
      >
        {(ids) => (
          <Textarea
            {...ids}
            name="requiredTools"
            rows={3}
            spellCheck={false}
            className="font-mono"
            defaultValue={expect.requiredTools?.join('\n')}
          />
        )}
      </Field>
      <Field label="Server name" optional hint="As the server gives it." error={errorAt('expect/serverName')}>
        {(ids) => <Input {...ids} {...text} name="serverName" maxLength={256} defaultValue={expect.serverName} />}
      </Field>
      <Field label="Server version" optional error={errorAt('expect/serverVersion')}>
        {(ids) => <Input {...ids} {...text} name="serverVersion" maxLength={256} defaultValue={expect.serverVersion} />}
      </Field>
    </>
  );
}

const OPERATOR_WORD = { equals: 'equals', contains: 'contains', min: 'is at least', max: 'is at most' } as const;

/** A tool that every probe calls, and what its result must be. */
export function ToolCall({
  call,
  lines,
  onLines,
  errorAt,
}: {
  call: Endpoint['expect']['call'];
  lines: AssertionLine[];
  onLines: (lines: AssertionLine[]) => void;
  errorAt: FieldErrors;
}) {
  const [tool, setTool] = useState(call?.tool ?? '');
  const change = (index: number, part: Partial<AssertionLine>) =>
    onLines(lines.map((line, at) => (at === index ? { ...line, ...part } : line)));
  return (
    <>
      <Field
        label="Tool to call"
        optional
        hint="Left empty, no tool is ever called."
        className="sm:col-span-2"
        error={errorAt('expect/call/tool')}
      >
        {(ids) => (
          <Input
            {...ids}
            name="callTool"
            spellCheck={false}
            autoComplete="off"
            maxLength={256}
            className="max-w-md font-mono"
            value={tool}
            onChange={(event) => setTool(event.target.value)}
          />
        )}
      </Field>
      {tool.trim() === '' ? null : (
        <>
          <Callout tone="degraded" icon={<TriangleAlert />} title="Every probe calls this tool for real" className="sm:col-span-2">
            Choose one that only reads. What the server says of a tool ("read only", "destructive") is its own word and proves nothing.
          </Callout>
          <Field
            label="Arguments"
            optional
            hint="A JSON object. It stands in reports as it is: no secrets."
            className="sm:col-span-2"
            error={errorAt('expect/call/arguments')}
          >
            {(ids) => (
              <Textarea
                {...ids}
                name="callArguments"
                rows={3}
                spellCheck={false}
                className="font-mono"
                placeholder='{"city": "Oslo"}'
                defaultValue={call === undefined || Object.keys(call.arguments).length === 0 ? '' : JSON.stringify(call.arguments, null, 2)}
              />
            )}
          </Field>
          <fieldset className="flex flex-col gap-3 sm:col-span-2">
            <legend className="mb-1.5 font-medium text-sm">
              What must stand in the result <span className="font-normal text-faint">optional</span>
            </legend>
            {lines.map((line, index) => (
              <AssertionRow
                // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other identity
                key={index}
                line={line}
                index={index}
                errorAt={errorAt}
                onChange={(part) => change(index, part)}
                onRemove={() => onLines(lines.filter((_, at) => at !== index))}
              />
            ))}
            <Button
              size="sm"
              className="self-start"
              onClick={() => onLines([...lines, { path: '/content/0/text', operator: 'contains', value: '' }])}
            >
              <Plus aria-hidden className="size-3.5" />
              Add an assertion
            </Button>
          </fieldset>
        </>
      )}
    </>
  );
}

function AssertionRow({
  line,
  index,
  errorAt,
  onChange,
  onRemove,
}: {
  line: AssertionLine;
  index: number;
  errorAt: FieldErrors;
  onChange: (part: Partial<AssertionLine>) => void;
  onRemove: () => void;
}) {
  const at = `expect/call/assert/${index}`;
  return (
    <div className="flex items-start gap-2 max-sm:flex-wrap">
      <Field label={`Path ${index + 1}`} className="min-w-32 flex-1" error={errorAt(at)}>
        {(ids) => (
          <Input
            {...ids}
            spellCheck={false}
            className="font-mono"
            value={line.path}
            onChange={(event) => onChange({ path: event.target.value })}
          />
        )}
      </Field>
      <Field label="Must" className="w-32">
        {(ids) => (
          <Select
            {...ids}
            value={line.operator}
            onChange={(event) => onChange({ operator: OPERATORS.find((name) => name === event.target.value) ?? 'equals' })}
          >
            {OPERATORS.map((name) => (
              <option key={name} value={name}>
                {OPERATOR_WORD[name]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Value" className="min-w-32 flex-1">
        {(ids) => (
          <Input
            {...ids}
            required
            spellCheck={false}
            className="font-mono"
            value={line.value}
            onChange={(event) => onChange({ value: event.target.value })}
          />
        )}
      </Field>
      <Button variant="ghost" size="icon" aria-label={`Remove assertion ${index + 1}`} className="mt-6.5 size-9" onClick={onRemove}>
        <X aria-hidden className="size-4" />
      </Button>
    </div>
  );
}

'use client';
import {
  Button,
  Callout,
  Card,
  CardHeader,
  Chip,
  CodeBlock,
  CopyButton,
  Empty,
  Field,
  Input,
  Select,
  Skeleton,
  Tabs,
  Textarea,
  type Tone,
  UptimeBars,
  type UptimeDay,
  Waterfall,
} from '@rollcall/ui';
import { CircleAlert, CloudOff, Info, Server, Trash2 } from 'lucide-react';
import { Part } from './part.tsx';

const TONES: Tone[] = ['up', 'degraded', 'down', 'gated', 'idle', 'maintenance'];
const VARIANTS = ['primary', 'secondary', 'ghost', 'danger'] as const;

const DAYS: UptimeDay[] = Array.from({ length: 45 }, (_, index) => {
  const date = new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10);
  if (index < 4) return { date, uptime: null, worst: 'no_data', downSeconds: 0 };
  if (index === 17) return { date, uptime: 0.93, worst: 'down', downSeconds: 6048 };
  if (index === 30) return { date, uptime: 0.999, worst: 'degraded', downSeconds: 0 };
  return { date, uptime: 1, worst: 'up', downSeconds: 0 };
});
const STEPS = [
  { name: 'dns', ms: 8, ok: true },
  { name: 'tcp', ms: 21, ok: true },
  { name: 'tls', ms: 44, ok: true },
  { name: 'initialize', ms: 180, ok: true },
  { name: 'tools/list', ms: 96, ok: false },
];

/** `theme` tells the two copies of one page apart. */
export function Primitives({ theme }: { theme: string }) {
  return (
    <>
      <Part title="Button">
        <div className="flex flex-col gap-3">
          {VARIANTS.map((variant) => (
            <div key={variant} className="flex flex-wrap items-center gap-2">
              <Button variant={variant} size="sm">
                Small
              </Button>
              <Button variant={variant}>{variant}</Button>
              <Button variant={variant} disabled>
                Disabled
              </Button>
              <Button variant={variant} busy>
                Busy
              </Button>
              <Button variant={variant} size="icon" aria-label={`Delete, ${variant}`}>
                <Trash2 aria-hidden className="size-4" />
              </Button>
            </div>
          ))}
          <div>
            <Button variant="primary" size="lg">
              Large
            </Button>
          </div>
        </div>
      </Part>
      <Part title="Field, Input, Select, Textarea">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Empty">{(ids) => <Input {...ids} placeholder="https://mcp.example.com/mcp" />}</Field>
          <Field label="With a hint" hint="What clients connect to.">
            {(ids) => <Input {...ids} defaultValue="Documentation" />}
          </Field>
          <Field label="Wrong" error="must be an http or https URL">
            {(ids) => <Input {...ids} defaultValue="nonsense" />}
          </Field>
          <Field label="Disabled" optional>
            {(ids) => <Input {...ids} disabled defaultValue="cannot be changed" />}
          </Field>
          <Field label="A choice">
            {(ids) => (
              <Select {...ids} defaultValue="1">
                <option value="1">Every minute</option>
                <option value="5">Every 5 minutes</option>
              </Select>
            )}
          </Field>
          <Field label="More text">{(ids) => <Textarea {...ids} rows={2} defaultValue="Two lines\nof text" />}</Field>
        </div>
      </Part>
      <Part title="Callout">
        <div className="flex flex-col gap-2">
          {TONES.map((tone) => (
            <Callout key={tone} tone={tone} icon={<Info />} title={`Tone ${tone}`} action={<Button size="sm">Act</Button>}>
              One sentence about it.
            </Callout>
          ))}
        </div>
      </Part>
      <Part title="Card: with rows, empty, loading, failed">
        <div className="grid gap-4 sm:grid-cols-2">
          <Card>
            <CardHeader title="Rows" hint="2" actions={<Button size="sm">Act</Button>} />
            <ul className="divide-y text-sm">
              <li className="px-4 py-2.5">
                One <Chip>tag</Chip>
              </li>
              <li className="foreign px-4 py-2.5">
                A name that goes on and on without any place where it could be broken: {'x'.repeat(60)}
              </li>
            </ul>
          </Card>
          <Card>
            <Empty icon={<Server aria-hidden className="size-5" />} title="Nothing yet" action={<Button>Add one</Button>}>
              Why it is empty, and what to do.
            </Empty>
          </Card>
          <Card className="divide-y" aria-busy>
            {[1, 2, 3].map((row) => (
              <div key={row} className="flex h-14 items-center gap-4 px-4">
                <Skeleton className="h-4 w-1/2" />
                <Skeleton className="ml-auto h-4 w-16" />
              </div>
            ))}
          </Card>
          <Card>
            <Empty
              icon={<CloudOff aria-hidden className="size-5" />}
              title="This could not be loaded"
              action={<Button>Try again</Button>}
            />
            <Callout tone="down" icon={<CircleAlert />} title="Rollcall could not be reached." className="m-4 mt-0" />
          </Card>
        </div>
      </Part>
      <Part title="Tabs, CodeBlock, CopyButton">
        <Tabs
          label={`Examples in ${theme}`}
          tabs={[
            { title: 'nginx', content: <CodeBlock label="nginx.conf" code={'location /mcp/ {\n  return 308 /mcp;\n}'} /> },
            { title: 'Wrapped', content: <CodeBlock wrap label="API key" code={`rc_${'a1b2'.repeat(30)}`} /> },
          ]}
        />
        <CopyButton text="copied" label="Copy this" className="mt-2" />
      </Part>
      <Part title="UptimeBars, Waterfall">
        <UptimeBars days={DAYS} label={`45 days, in ${theme}`} />
        <Waterfall steps={STEPS} className="mt-4" />
      </Part>
    </>
  );
}

'use client';
import { Button, Card, CardHeader, cn, plainText } from '@rollcall/ui';
import { ArrowDown, ArrowUp, GripVertical, Trash2 } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { EndpointPicker } from '#web/components/endpoint-picker.tsx';
import type { ApiError } from '#web/lib/api-error.ts';
import { ComponentFields } from './component-fields.tsx';
import { type DraftComponent, moved } from './draft.ts';

interface Props {
  components: DraftComponent[];
  error: ApiError | null;
  onChange: (components: DraftComponent[]) => void;
}

/** What the page shows, in its order: buttons move a row by one place, the handle drags it anywhere. */
export function ComponentList({ components, error, onChange }: Props) {
  const rows = useRef(new Map<string, HTMLLIElement>());
  const [dragged, setDragged] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const nameOf = (component: DraftComponent) => plainText(component.name || 'Component', 80);
  const move = (from: number, to: number) => {
    const component = components[from];
    if (component === undefined || to < 0 || to >= components.length || from === to) return;
    onChange(moved(components, from, to));
    setSaid(`${nameOf(component)} is now number ${to + 1} of ${components.length}.`);
  };
  /** The row changes places as soon as the pointer is beyond the middle of another one. */
  const drag = useEffectEvent((event: PointerEvent) => {
    const from = components.findIndex(({ key }) => key === dragged);
    const to = components.filter(({ key }) => {
      const box = rows.current.get(key)?.getBoundingClientRect();
      return key !== dragged && box !== undefined && event.clientY > box.top + box.height / 2;
    }).length;
    move(from, to);
  });
  useEffect(() => {
    if (dragged === null) return;
    // On the window: a row that changes places is taken out of the document for a moment, and would lose the pointer.
    const end = () => setDragged(null);
    window.addEventListener('pointermove', drag);
    window.addEventListener('pointerup', end);
    window.addEventListener('pointercancel', end);
    return () => {
      window.removeEventListener('pointermove', drag);
      window.removeEventListener('pointerup', end);
      window.removeEventListener('pointercancel', end);
    };
  }, [dragged]);
  const add = ({ id, name }: { id: string; name: string }) => {
    onChange([
      ...components,
      {
        key: crypto.randomUUID(),
        endpoint: id,
        slug: '',
        name: name.slice(0, 100),
        description: '',
        group: components.at(-1)?.group ?? '',
        publishing: null,
      },
    ]);
    setSaid(`${plainText(name, 80)} is added as number ${components.length + 1}.`);
  };
  return (
    <Card aria-labelledby="components-heading">
      <CardHeader id="components-heading" title="Components" hint="of one group are shown together, where the first of them stands" />
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
      {components.length === 0 ? (
        <p className="px-4 py-5 text-muted text-sm">
          The page shows nothing yet. Add the endpoints that your users know, under names they know.
        </p>
      ) : (
        <ol className="divide-y">
          {components.map((component, index) => (
            <li
              key={component.key}
              ref={(row) => {
                if (row === null) rows.current.delete(component.key);
                else rows.current.set(component.key, row);
              }}
              className={cn('flex items-start gap-2 py-2 pr-3 pl-1.5', dragged === component.key && 'relative z-10 bg-hover shadow-pop')}
            >
              <span
                aria-hidden
                className="grid h-8 w-6 shrink-0 cursor-grab touch-none place-items-center text-faint active:cursor-grabbing"
                onPointerDown={(event) => {
                  event.preventDefault();
                  setDragged(component.key);
                }}
                data-drag={component.key}
              >
                <GripVertical className="size-4" />
              </span>
              <ComponentFields
                component={component}
                title={nameOf(component)}
                groups={[...new Set(components.map(({ group }) => group).filter(Boolean))]}
                error={error}
                index={index}
                onChange={(changed) => onChange(components.map((one) => (one.key === component.key ? changed : one)))}
              />
              <div className="flex shrink-0">
                <Button
                  variant="ghost"
                  size="icon"
                  aria-label={`Move ${nameOf(component)} up`}
                  aria-disabled={index === 0}
                  className="aria-disabled:opacity-40"
                  onClick={() => move(index, index - 1)}
                >
                  <ArrowUp aria-hidden className="size-4" />
                </Button>
                <Button
                  variant="ghost"
                  size="icon"
                  aria-label={`Move ${nameOf(component)} down`}
                  aria-disabled={index === components.length - 1}
                  className="aria-disabled:opacity-40"
                  onClick={() => move(index, index + 1)}
                >
                  <ArrowDown aria-hidden className="size-4" />
                </Button>
                <Button
                  variant="ghost"
                  size="icon"
                  aria-label={`Take ${nameOf(component)} off the page`}
                  onClick={() => onChange(components.filter(({ key }) => key !== component.key))}
                >
                  <Trash2 aria-hidden className="size-4" />
                </Button>
              </div>
            </li>
          ))}
        </ol>
      )}
      <div className="border-t p-3">
        <EndpointPicker label="Add an endpoint to the page" onPick={add} />
      </div>
    </Card>
  );
}

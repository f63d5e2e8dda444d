import { cn } from '@rollcall/ui';
import Link from 'next/link';

/** The parts of one thing, each with an address of its own. */
export function Sections({
  label,
  path,
  current,
  sections,
}: {
  label: string;
  path: string;
  current: string;
  /** The first is what the bare path shows. */
  sections: readonly { id: string; title: string }[];
}) {
  return (
    <nav aria-label={label} className="mb-6 flex gap-1 overflow-x-auto border-b">
      {sections.map(({ id, title }, index) => (
        <Link
          key={id}
          href={index === 0 ? path : `${path}?tab=${id}`}
          aria-current={current === id ? 'page' : undefined}
          className={cn(
            'whitespace-nowrap border-transparent border-b-2 px-2.5 py-2 text-muted text-sm -outline-offset-2 hover:text-ink',
            current === id && 'border-ink font-medium text-ink',
          )}
        >
          {title}
        </Link>
      ))}
    </nav>
  );
}

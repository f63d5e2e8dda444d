'use client';
import { cn } from '@rollcall/ui';
import Link from 'next/link';
import { usePathname } from 'next/navigation';

const GROUPS = [
  {
    title: 'You',
    items: [
      { href: '/settings/profile', label: 'Profile' },
      { href: '/settings/security', label: 'Security' },
    ],
  },
  {
    title: 'Organization',
    items: [
      { href: '/settings/organization', label: 'General' },
      { href: '/settings/members', label: 'Members' },
      { href: '/settings/api-keys', label: 'API keys' },
      { href: '/settings/audit-log', label: 'Audit log' },
    ],
  },
  {
    title: 'Danger zone',
    items: [{ href: '/settings/danger-zone', label: 'Export and deletion' }],
  },
];

/** The pages of the settings: a list beside them, above them on a phone. */
export function SettingsNav() {
  const path = usePathname();
  return (
    <nav aria-label="Settings" className="flex flex-wrap gap-x-6 gap-y-3 lg:sticky lg:top-8 lg:flex-col lg:gap-5">
      {GROUPS.map(({ title, items }) => (
        <div key={title} className="min-w-0 max-lg:-ml-2">
          <p className="mb-1 px-2 text-faint text-xs">{title}</p>
          <ul className="flex flex-wrap gap-0.5 lg:flex-col">
            {items.map(({ href, label }) => (
              <li key={href}>
                <Link
                  href={href}
                  aria-current={path === href ? 'page' : undefined}
                  className={cn(
                    'flex h-8 items-center rounded-control px-2 text-muted text-sm hover:bg-hover hover:text-ink',
                    path === href && 'bg-hover font-medium text-ink',
                  )}
                >
                  {label}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

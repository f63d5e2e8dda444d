'use client';
import { cn } from '@rollcall/ui';
import { Bell, BookOpen, CalendarClock, LayoutGrid, type LucideIcon, RadioTower, Server, Settings, Siren } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';

const ITEMS: { href: string; label: string; icon: LucideIcon }[] = [
  { href: '/', label: 'Overview', icon: LayoutGrid },
  { href: '/endpoints', label: 'Endpoints', icon: Server },
  { href: '/incidents', label: 'Incidents', icon: Siren },
  { href: '/channels', label: 'Channels', icon: Bell },
  { href: '/maintenance', label: 'Maintenance', icon: CalendarClock },
  { href: '/status-pages', label: 'Status pages', icon: RadioTower },
  { href: '/settings', label: 'Settings', icon: Settings },
];

function NavLink({ href, label, icon: Icon, current }: (typeof ITEMS)[number] & { current: boolean }) {
  return (
    <Link
      href={href}
      aria-current={current ? 'page' : undefined}
      className={cn(
        'flex h-8 items-center gap-2.5 rounded-control px-2 text-sm text-muted transition-colors hover:bg-hover hover:text-ink',
        current && 'bg-hover font-medium text-ink',
      )}
    >
      <Icon aria-hidden className="size-4 shrink-0" />
      {label}
    </Link>
  );
}

export function Nav() {
  const path = usePathname();
  return (
    <nav aria-label="Main" className="flex flex-1 flex-col gap-0.5">
      {ITEMS.map((item) => (
        <NavLink key={item.href} {...item} current={item.href === '/' ? path === '/' : path.startsWith(item.href)} />
      ))}
      <div className="mt-auto pt-4">
        <NavLink href="/docs/causes" label="Cause catalogue" icon={BookOpen} current={path.startsWith('/docs')} />
      </div>
    </nav>
  );
}

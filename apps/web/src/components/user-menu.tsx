'use client';
import type { Account, Me } from '@rollcall/contracts';
import { Menu, MenuItem, MenuRadio, MenuSeparator, plainText } from '@rollcall/ui';
import { Building2, ChevronsUpDown, CircleUser, LogOut, Monitor, Moon, Sun } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { toast } from 'sonner';
import { authPost, refusalOf } from '#web/lib/auth-browser.ts';
import { readTheme, type Theme } from '#web/lib/cookies.ts';
import { applyTheme } from '#web/lib/theme.ts';

const THEME_OPTIONS = [
  { value: 'system', label: 'As the system', icon: <Monitor aria-hidden /> },
  { value: 'light', label: 'Light', icon: <Sun aria-hidden /> },
  { value: 'dark', label: 'Dark', icon: <Moon aria-hidden /> },
];

export function UserMenu({ me, organizations, theme: initialTheme }: { me: Me; organizations: Account['organizations']; theme: Theme }) {
  const [theme, setTheme] = useState(initialTheme);
  const chooseTheme = (value: string) => {
    const chosen = readTheme(value);
    setTheme(chosen);
    applyTheme(chosen);
  };
  const signOut = async () => {
    await authPost('sign-out', {});
    window.location.assign('/sign-in');
  };
  const switchTo = async (organizationId: string) => {
    if (organizationId === me.organization.id) return;
    const answer = await authPost('organization/set-active', { organizationId });
    // Nothing of the former organization may stay on the screen or in a cache.
    if (answer.ok) window.location.assign('/');
    else toast.error(refusalOf(answer, 'The organization could not be changed.'));
  };
  const name = plainText(me.user?.name || me.user?.email || 'Signed in', 80);
  return (
    <Menu
      align="start"
      trigger={
        <button type="button" className="flex w-full min-w-0 items-center gap-2.5 rounded-control p-1.5 text-left hover:bg-hover">
          <span
            aria-hidden
            className="grid size-7 shrink-0 place-items-center rounded-full bg-sunken font-medium text-muted text-xs uppercase"
          >
            {name.slice(0, 1)}
          </span>
          <span className="min-w-0 flex-1">
            <span className="block truncate font-medium text-sm leading-4">{name}</span>
            <span className="block truncate text-faint text-xs">{plainText(me.organization.name, 80)}</span>
          </span>
          <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-faint" />
          <span className="sr-only">Account menu</span>
        </button>
      }
    >
      {organizations.length > 1 ? (
        <>
          <MenuRadio
            label="Organization"
            value={me.organization.id}
            onChange={switchTo}
            options={organizations.map(({ id, name: label }) => ({
              value: id,
              label: plainText(label, 40),
              icon: <Building2 aria-hidden />,
            }))}
          />
          <MenuSeparator />
        </>
      ) : null}
      <MenuRadio label="Theme" value={theme} onChange={chooseTheme} options={THEME_OPTIONS} />
      <MenuSeparator />
      <MenuItem asChild>
        <Link href="/settings/profile">
          <CircleUser aria-hidden />
          Your account
        </Link>
      </MenuItem>
      <MenuItem onSelect={signOut}>
        <LogOut aria-hidden />
        Sign out
      </MenuItem>
    </Menu>
  );
}

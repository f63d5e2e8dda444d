'use client';
import type { Me } from '@rollcall/contracts';
import { Menu, MenuItem, MenuRadio, MenuSeparator, plainText } from '@rollcall/ui';
import { ChevronsUpDown, LogOut, Monitor, Moon, Sun } from 'lucide-react';
import { useState } from 'react';
import { readTheme, type Theme } from '#web/lib/cookies.ts';
import { applyTheme } from '#web/lib/theme.ts';

const THEME_OPTIONS = [
  { value: 'system', label: 'As the system', icon: <Monitor aria-hidden /> },
  { value: 'light', label: 'Light', icon: <Sun aria-hidden /> },
  { value: 'dark', label: 'Dark', icon: <Moon aria-hidden /> },
];

export function UserMenu({ me, theme: initialTheme }: { me: Me; theme: Theme }) {
  const [theme, setTheme] = useState(initialTheme);
  const chooseTheme = (value: string) => {
    const chosen = readTheme(value);
    setTheme(chosen);
    applyTheme(chosen);
  };
  const signOut = async () => {
    await fetch('/api/auth/sign-out', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }).catch(
      () => undefined,
    );
    window.location.assign('/sign-in');
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
      <MenuRadio label="Theme" value={theme} onChange={chooseTheme} options={THEME_OPTIONS} />
      <MenuSeparator />
      <MenuItem onSelect={signOut}>
        <LogOut aria-hidden />
        Sign out
      </MenuItem>
    </Menu>
  );
}

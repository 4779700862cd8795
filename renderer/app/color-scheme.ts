import type { MantineColorScheme } from '@mantine/core';

const KEY = 'hourglass.scheme';

/** Mantine keeps the choice under this key; “auto” follows the system. */
export const schemeKey = KEY;

let toggle: (() => void) | null = null;

/** The shell hands over Mantine's own toggle, which only a component can get at. */
export function provideToggle(next: () => void): void {
  toggle = next;
}

export function toggleColorScheme(): void {
  toggle?.();
}

/**
 * Sets the scheme on the page before anything is drawn, so that the first frame has the right colours. Mantine's own
 * script for this is inline, which the window's policy forbids.
 */
export function applyStoredScheme(): void {
  const stored = window.localStorage.getItem(KEY);
  const choice: MantineColorScheme = stored === 'dark' || stored === 'light' ? stored : 'auto';
  const dark =
    choice === 'auto' ? window.matchMedia('(prefers-color-scheme: dark)').matches : choice === 'dark';
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
}

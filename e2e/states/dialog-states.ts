import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { WindowState } from './states';

/** What lies over the window; Escape leaves each. */
export const dialogStates: readonly WindowState[] = [
  {
    name: 'tour',
    async reach(window) {
      await window.menu('Help', 'Take the tour');
      await expect(window.page.getByRole('dialog', { name: 'Blocks' })).toBeVisible();
    },
  },
  {
    name: 'templates',
    async reach(window) {
      await window.menu('File', 'New from template');
      await expect(window.page.getByRole('list', { name: 'Templates' })).toBeVisible();
    },
  },
  {
    name: 'saving',
    async reach(window) {
      await window.menu('File', 'Save as');
      await expect(window.page.getByRole('dialog')).toBeVisible();
    },
  },
  {
    name: 'backups',
    async reach(window, { folder }) {
      await window.menu('File', 'Save as');
      await window.saveInto(folder, 'digits');
      await window.nothingSelected();
      await window.setNumber('Code size', 12);
      await window.page.keyboard.press('Control+s');
      await expect(window.page.getByRole('img', { name: 'Unsaved changes' })).toHaveCount(0);
      await window.menu('File', 'Restore a backup');
      await expect(window.page.getByRole('row', { name: /digits\.hourglass/ })).toBeVisible();
    },
  },
  {
    name: 'sharing',
    async reach(window) {
      await window.menu('File', 'Share');
      await expect(window.page.getByRole('img', { name: /^Picture of/ })).toBeVisible();
    },
  },
  {
    name: 'command-palette',
    async reach(window) {
      await window.page.keyboard.press('F1');
      await window.page.keyboard.type('open');
      await expect(window.page.getByRole('dialog', { name: 'Command palette' })).toContainText('Ctrl+O');
    },
  },
  {
    name: 'keys-and-gestures',
    async reach(window) {
      await window.menu('Help', 'Keys and gestures');
      await expect(window.page.getByRole('dialog')).toContainText('Zoom around the pointer');
    },
  },
  {
    name: 'settings',
    async reach(window) {
      await window.menu('File', 'Settings');
      await window.page.getByRole('tab', { name: 'Keys' }).click();
      await window.button('Add keys to “Train”').click();
      await window.page.keyboard.press('Control+j');
      await expect(window.page.getByRole('alert')).toContainText('already');
    },
  },
  {
    name: 'glossary',
    async reach(window) {
      await window.menu('Help', 'Glossary');
      await expect(window.page.getByRole('dialog')).toContainText('Autoencoder');
    },
  },
  {
    name: 'about',
    async reach(window) {
      await window.menu('Help', 'About');
      await expect(window.page.getByRole('dialog')).toBeVisible();
    },
  },
  {
    name: 'importing',
    async reach(window) {
      await window.menu('File', 'Import a model');
      await window.pickFrom(join(import.meta.dirname, '../../main/import/fixtures'), 'keras-halves.keras');
      await expect(window.page.getByRole('dialog')).toContainText('Drawn from Keras');
    },
  },
];

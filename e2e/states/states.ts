import { expect } from '@playwright/test';
import type { HourglassWindow } from '../pages/hourglass-window';

/** A main state of the window, as the accessibility check and the pictures in `docs/screens` know it. */
export interface WindowState {
  readonly name: string;
  /** Brings a window there that is where its list begins, or where the state before it left the window. */
  readonly reach: (window: HourglassWindow) => Promise<void>;
}

/** Trains the drawing that is open for one epoch, to its end. */
export async function train(window: HourglassWindow): Promise<void> {
  await window.nothingSelected();
  await window.setNumber('Epochs', 1);
  await window.panel('Run');
  await window.train();
  await expect(window.runState).toHaveAttribute('data-phase', 'completed', { timeout: 90_000 });
}

/** Of the drawing, before anything has been trained to its end; each in the window that the one before leaves. */
export const drawingStates: readonly WindowState[] = [
  {
    name: 'start',
    async reach(window) {
      await window.menu('File', 'Start screen');
      await expect(window.page.getByRole('main', { name: 'Start' })).toBeVisible();
    },
  },
  { name: 'empty-canvas', reach: (window) => window.emptyCanvas() },
  { name: 'drawing', reach: (window) => window.openExample('digits-and-shapes') },
  {
    name: 'block-selected',
    async reach(window) {
      await window.openExample('colour-scenes');
      await window.select('conv-1');
    },
  },
  {
    name: 'data',
    async reach(window) {
      await window.panel('Data');
      await expect(window.page.getByRole('tabpanel')).toContainText(/Samples.*Training/);
    },
  },
  {
    name: 'training',
    async reach(window) {
      await window.openExample('digits-and-shapes');
      await window.nothingSelected();
      await window.setNumber('Epochs', 5_000);
      await window.panel('Run');
      await window.train();
      await expect.poll(() => window.reconstructionUpdates()).toBeGreaterThan(4);
      await window.button('Pause').click();
      await expect(window.runState).toContainText('Paused');
    },
  },
];

/** Of a drawing that can't be trained. */
export const problemStates: readonly WindowState[] = [
  {
    name: 'problems',
    async reach(window) {
      await window.openExample('colour-scenes');
      await window.select('conv-1');
      await window.setNumber('Kernel', 64);
      await window.panel('Problems');
    },
  },
];

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
];

/** After a run. */
export const trainedStates: readonly WindowState[] = [
  { name: 'trained', reach: (window) => window.panel('Run') },
  {
    name: 'errors',
    async reach(window) {
      await window.panel('Errors');
      await expect(window.page.getByRole('tabpanel').getByRole('img').first()).toBeVisible();
    },
  },
  {
    name: 'layers',
    async reach(window) {
      await window.select('dense-1');
      await window.panel('Layers');
      await expect(window.page.getByRole('tabpanel').getByRole('img').first()).toBeVisible();
    },
  },
  {
    name: 'runs',
    async reach(window) {
      await window.panel('Runs');
      await expect(window.page.getByRole('grid').getByRole('row')).not.toHaveCount(1);
    },
  },
  {
    name: 'codes',
    async reach(window) {
      await window.panel('Code');
      await expect(window.page.getByRole('img', { name: 'Decoded sample' })).toBeVisible();
    },
  },
];

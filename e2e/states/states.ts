import { expect } from '@playwright/test';
import type { HourglassWindow } from '../pages/hourglass-window';
import type { Shell } from '../shells/shell';

/** What a state may need beside the window. */
interface Surroundings {
  readonly shell: Shell;
  /** A folder of the journey's own. */
  readonly folder: string;
}

/** A main state of the window, as the accessibility check and the pictures in `docs/screens` know it. */
export interface WindowState {
  readonly name: string;
  /** Brings a window there that is where its list begins, or where the state before it left the window. */
  readonly reach: (window: HourglassWindow, surroundings: Surroundings) => Promise<void>;
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
    name: 'block-list',
    async reach(window) {
      const { page } = window;
      await window.panel('Run');
      await window.select('conv-1');
      await page.keyboard.press('Shift+A');
      await expect(window.blockList.dialog(/^Add/)).toBeVisible();
      await page.keyboard.type('pool');
      await expect(window.blockList.option(/^Max pool/).first()).toBeVisible();
    },
  },
  {
    name: 'context-menu',
    async reach(window) {
      await window.page.keyboard.press('Escape');
      await expect(window.blockList.dialog(/^Add/)).toHaveCount(0);
      await window.node('conv-1').click({ button: 'right' });
      await expect(window.page.getByRole('menuitem', { name: 'Bypass' })).toBeVisible();
    },
  },
  {
    name: 'group-and-note',
    async reach(window) {
      const { page } = window;
      await page.keyboard.press('Escape');
      await expect(page.getByRole('menuitem', { name: 'Bypass' })).toHaveCount(0);
      await window.select('conv-1');
      await window.addToSelection('conv-2');
      await page.keyboard.press('Control+g');
      await expect(window.node('group~1')).toContainText('Group 1');
      const { x, y } = await window.canvasPoint(0.5, 0.92);
      await page.mouse.move(x, y);
      await page.keyboard.press('Shift+N');
      await page.keyboard.type(
        '48 values for 3,072: what the code has to leave out is seen in the reconstructions.',
      );
      await page.keyboard.press('Escape');
      await expect(window.node('note~1')).toContainText('48 values');
    },
  },
  {
    name: 'training',
    async reach(window) {
      await window.openExample('digits-and-shapes');
      await window.button('Don’t save').click();
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

/** Of a drawing that can't be trained, and was not saved. */
export const problemStates: readonly WindowState[] = [
  {
    name: 'problems',
    async reach(window) {
      await window.openExample('colour-scenes');
      await window.select('conv-1');
      await window.setNumber('Kernel', 64);
      await window.choose('Padding', 'Valid');
      await window.panel('Problems');
      await expect(window.page.getByRole('tabpanel')).toContainText('kernel');
    },
  },
  {
    name: 'recovering',
    async reach(window) {
      // By then the unsaved changes are kept.
      await window.page.waitForTimeout(1_500);
      await window.page.reload();
      await expect(window.page.getByRole('dialog', { name: 'Recover unsaved changes?' })).toBeVisible();
    },
  },
];

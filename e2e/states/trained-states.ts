import { expect } from '@playwright/test';
import type { HourglassWindow } from '../pages/hourglass-window';
import type { WindowState } from './states';

/** Trains the drawing that is open for one epoch, to its end. */
export async function train(window: HourglassWindow): Promise<void> {
  await window.nothingSelected();
  await window.setNumber('Epochs', 1);
  await window.panel('Run');
  await window.train();
  await expect(window.runState).toHaveAttribute('data-phase', 'completed', { timeout: 90_000 });
}

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
    name: 'weights-of-a-layer',
    async reach(window) {
      await window.page.getByText('Weights', { exact: true }).click();
      await expect(window.page.getByRole('slider', { name: 'kernel of dense-1' })).toBeVisible();
    },
  },
  {
    name: 'layer-over-time',
    async reach(window) {
      await window.page.getByText('Over time', { exact: true }).click();
      await expect(window.page.getByRole('slider', { name: /^Weight: kernel/ })).toBeVisible();
    },
  },
  {
    name: 'codes',
    async reach(window) {
      await window.panel('Code');
      await expect(window.page.getByRole('img', { name: 'Decoded sample' })).toBeVisible();
    },
  },
  {
    name: 'between-codes',
    async reach(window) {
      await window.page.getByText('Between', { exact: true }).click();
      await expect(
        window.page.getByRole('region', { name: 'From A to B' }).getByRole('img').first(),
      ).toBeVisible();
    },
  },
  {
    name: 'dimensions-of-the-code',
    async reach(window) {
      await window.page.getByText('Dimensions', { exact: true }).click();
      await expect(window.page.getByRole('img', { name: /standard deviations$/ }).first()).toBeVisible();
    },
  },
  {
    name: 'pinning',
    async reach(window) {
      await window.panel('Run');
      await window.page.getByRole('button', { name: /^Pin/ }).last().click();
      await expect(window.page.getByRole('dialog').getByRole('img').first()).toBeVisible();
    },
  },
  {
    name: 'exporting',
    async reach(window) {
      await leaveDialogs(window);
      await window.menu('File', 'Export model');
      await expect(window.page.getByRole('radio', { name: 'ONNX' })).toBeChecked();
    },
  },
  {
    name: 'loading-weights',
    async reach(window) {
      await leaveDialogs(window);
      await window.menu('Run', 'Load weights from another model');
      const dialog = window.page.getByRole('dialog', { name: 'Load weights from another model' });
      await dialog.getByRole('radio').first().click();
      await expect(dialog.getByRole('row').nth(1)).toBeVisible();
    },
  },
  {
    name: 'runs',
    async reach(window) {
      await leaveDialogs(window);
      await window.select('code');
      await window.setNumber('Size', 4);
      await train(window);
      await window.panel('Runs');
      await expect(window.page.getByRole('grid').getByRole('row')).toHaveCount(3);
    },
  },
  {
    name: 'comparing-runs',
    async reach(window) {
      const { page } = window;
      const ticks = page.getByRole('checkbox', { name: /^Choose / });
      await ticks.nth(1).check();
      await ticks.nth(0).check();
      await page.getByRole('button', { name: 'Compare 2' }).click();
      await expect(page.getByRole('img', { name: 'Reconstruction 16 by B' })).toBeAttached();
    },
  },
  {
    name: 'code-sizes',
    async reach(window) {
      await leaveDialogs(window);
      await window.page.getByText('Code sizes', { exact: true }).click();
      await expect(window.field('Code size')).toBeVisible();
    },
  },
  {
    name: 'interrupted',
    async reach(window, { shell }) {
      await window.setNumber('Epochs', 5_000);
      await window.panel('Run');
      await window.train();
      await expect.poll(() => window.reconstructionUpdates()).toBeGreaterThan(2);
      // A pause keeps a checkpoint.
      await window.button('Pause').click();
      await expect(window.runState).toContainText('Paused');
      await window.page.waitForTimeout(1_000);
      for (const engine of await shell.engines()) process.kill(engine, 'SIGKILL');
      await expect(window.page.getByRole('region', { name: 'Interrupted run' })).toContainText(
        'was interrupted',
      );
      await window.ready();
    },
  },
];

async function leaveDialogs({ page }: HourglassWindow): Promise<void> {
  await expect(async () => {
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0, { timeout: 1_000 });
  }).toPass({ timeout: 15_000 });
}

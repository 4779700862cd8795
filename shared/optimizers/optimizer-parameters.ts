import { number } from '../blocks/parameter';

/** Entries that several optimizers share, so that they read and behave alike everywhere. */

/** A share that stays below 1: of what is remembered from step to step. */
export function memoryEntry(label: string, help: string, defaultShare: number) {
  return number({ label, help, min: 0, max: 0.9999999, step: 0.01, default: defaultShare });
}

export const epsilon = number({
  label: 'Epsilon',
  help: 'Keeps the step from dividing by zero.',
  min: 1e-20,
  max: 1,
  step: 1e-7,
  default: 1e-7,
});

export const momentum = memoryEntry('Momentum', 'How much of the last step goes on.', 0);

export const beta1 = memoryEntry('Beta 1', 'How long the mean of the gradients remembers.', 0.9);
export const beta2 = memoryEntry('Beta 2', 'How long the mean of their squares remembers.', 0.999);

import { integer, number } from '../blocks/parameter';

/** Epochs in which the rate rises evenly from (nearly) nothing before the schedule takes over. */
export const warmUp = integer({
  label: 'Warm-up',
  help: 'Epochs over which the learning rate first rises from nothing.',
  unit: 'epochs',
  min: 0,
  max: 10_000,
  default: 0,
});

export function factorEntry(help: string, defaultFactor: number) {
  return number({ label: 'Factor', help, min: 0.001, max: 0.999, step: 0.05, default: defaultFactor });
}

import type { LossDefinition } from './loss';

/** Keeps the length of a sample of zeros from being divided by; Keras' own, squared. */
const MARGIN = 1e-12;

/** 1 − p·t / (‖p‖·‖t‖), of each sample as one vector: 0 where both point the same way, whatever their lengths. */
export const cosine: LossDefinition<'cosine'> = {
  type: 'cosine',
  label: 'Cosine distance',
  brief: 'Cosine',
  help: 'Compares the direction of each sample and not its size: for spectra and counts, where only proportions matter.',
  activation: null,
  problems: () => [],
  dataProblems: () => [],
  lower(ops, prediction, target) {
    const margin = ops.constant(MARGIN);
    const length = (x: typeof prediction) => ops.sqrt(ops.add(ops.sumOfSample(ops.square(x)), margin));
    const product = ops.sumOfSample(ops.mul(prediction, target));
    const cosine = ops.div(product, ops.mul(length(prediction), length(target)));
    return ops.sub(ops.constant(1), cosine);
  },
  of(prediction, target) {
    let [product, ofPrediction, ofTarget] = [0, MARGIN, MARGIN];
    for (let i = 0; i < target.length; i++) {
      const [p, t] = [prediction[i] ?? Number.NaN, target[i] ?? Number.NaN];
      product += p * t;
      ofPrediction += p * p;
      ofTarget += t * t;
    }
    return 1 - product / Math.sqrt(ofPrediction * ofTarget);
  },
};

import { describe, expect, it } from 'vitest';
import { newOptimizer, type Optimizer, optimizers } from './catalogue';
import { WeightByHand } from './fixtures/by-hand';

const STARTS = [1, -2, 3, 4, -5, 6, -7];
/** Where the weights are pulled: the first three by 2/3 of the way, as a mean squared error would, the others by 1. */
const gradientOf = (weight: number, index: number) =>
  index < 3 ? (2 / 3) * (weight - index * 0.5) : weight - 1;

/** The weights after some steps of learning rate 0.01, each worked out by itself. */
function after(steps: number, optimizer: Optimizer): number[] {
  return STARTS.map((start, index) => {
    const each = new WeightByHand(optimizer, start);
    for (let step = 0; step < steps; step++) each.step(gradientOf(each.weight, index), 0.01);
    return each.weight;
  });
}

/** What Keras 3.15.1's optimizers of these names and parameters, otherwise its defaults, made of the same weights. */
const keras: Readonly<Record<string, readonly [first: number[], twentieth: number[]]>> = {
  adam: [
    [0.9900001, -1.9900001, 2.99, 3.99, -4.9900002, 5.9900002, -6.9900002],
    [0.8026681, -1.8009946, 2.8012576, 3.8008225, -4.8004041, 5.800487, -6.800302],
  ],
  adamw: [
    [0.9899601, -1.9899201, 2.9898801, 3.98984, -4.9898005, 5.9897604, -6.9897203],
    [0.8019553, -1.7994789, 2.79895, 3.7977128, -4.7964902, 5.7957768, -6.7947879],
  ],
  adamax: [
    [0.99, -1.99, 2.99, 3.99, -4.9899998, 5.9899998, -6.9899998],
    [0.8098696, -1.8028775, 2.804059, 3.8020866, -4.800096, 5.8004937, -6.7995949],
  ],
  nadam: [
    [0.9893721, -1.9893721, 2.989372, 3.989372, -4.9893723, 5.9893723, -6.9893723],
    [0.8386717, -1.8362873, 2.836674, 3.836031, -4.8353992, 5.8355246, -6.8352418],
  ],
  adagrad: [
    [0.9909649, -1.9901752, 2.9902699, 3.9900551, -4.9900141, 5.9900198, -6.9900079],
    [0.9273958, -1.9248809, 2.9252052, 3.9245417, -4.9242654, 5.9243131, -6.9242048],
  ],
  'sgd with momentum': [
    [0.9933333, -1.9833333, 2.9866667, 3.97, -4.9400001, 5.9499998, -6.9200001],
    [0.3457299, -0.3643246, 1.6914598, 1.3534672, 0.2930664, 1.5891116, 0.0574217],
  ],
  'sgd without': [
    [0.9933333, -1.9833333, 2.9866667, 3.97, -4.9400001, 5.9499998, -6.9200001],
    [0.8747829, -1.6869568, 2.7495649, 3.4537206, -3.9074411, 5.0895343, -5.5432553],
  ],
  'rmsprop with momentum': [
    [0.9683772, -1.9683772, 2.9683771, 3.9683771, -4.9683771, 5.9683771, -6.9683771],
    [-0.2411445, -0.3089013, 1.3699262, 2.2716796, -3.1894875, 4.2047811, -5.1711016],
  ],
  'rmsprop without': [
    [0.9683772, -1.9683772, 2.9683771, 3.9683771, -4.9683771, 5.9683771, -6.9683771],
    [0.7281632, -1.7195059, 2.7208743, 3.7186091, -4.7164216, 5.7168531, -6.7158856],
  ],
};
const ofKeras: Readonly<Record<string, Optimizer>> = {
  ...Object.fromEntries(optimizers.map(({ type }) => [type, newOptimizer(type)])),
  'sgd with momentum': { ...newOptimizer('sgd'), momentum: 0.9 },
  'sgd without': { ...newOptimizer('sgd'), momentum: 0 },
  'rmsprop with momentum': { ...newOptimizer('rmsprop'), momentum: 0.9 },
  'rmsprop without': { ...newOptimizer('rmsprop'), momentum: 0 },
};

it.each(Object.entries(keras))('%s takes one step and 20 as Keras does', (name, [first, twentieth]) => {
  const optimizer = ofKeras[name];
  if (!optimizer) throw new Error(`Keras has no ${name}.`);
  after(1, optimizer).forEach((weight, i) => {
    expect(weight).toBeCloseTo(first[i] ?? Number.NaN, 6);
  });
  after(20, optimizer).forEach((weight, i) => {
    expect(weight).toBeCloseTo(twentieth[i] ?? Number.NaN, 5);
  });
});

describe.each(optimizers)('$type', ({ type, label, help, slots, params }) => {
  it('is compared with Keras', () => {
    expect(Object.keys(keras).some((name) => name.split(' ')[0] === type)).toBe(true);
  });

  it('has a label, a sentence and slots of different roles', () => {
    expect(label).not.toBe('');
    expect(help).toMatch(/\.$/);
    const roles = slots(newOptimizer(type)).map(({ role }) => role);
    expect(new Set(roles).size).toBe(roles.length);
  });

  it('starts with parameters in their ranges', () => {
    for (const [name, entry] of Object.entries(params)) {
      expect(entry.schema.safeParse(newOptimizer(type)[name]).success, name).toBe(true);
    }
  });
});

it('each type is there once', () => {
  expect(new Set(optimizers.map(({ type }) => type)).size).toBe(optimizers.length);
});

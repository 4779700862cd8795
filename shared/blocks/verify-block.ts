import { describe, expect, it } from 'vitest';
import { joinedShape } from '../tensors/join';
import { type Shape, valueCount } from '../tensors/shape';
import type { BlockDefinition, LayerContext, LayerRule } from './block';
import { blockOf } from './catalogue';
import type { WeightSpec } from './layer-ops';
import type { ParameterValue } from './parameter';
import { ShapeOps } from './shape-ops';

/** One input a block is tried on. */
interface BlockCase {
  readonly name: string;
  /** Those that are not the defaults. */
  readonly params?: Readonly<Record<string, ParameterValue>>;
  readonly input: Shape;
  readonly output: Shape;
  /** Shapes of the weights, by name. */
  readonly encoderWeights: Readonly<Record<string, Shape>>;
  /** Null for a block without a mirror. */
  readonly mirrorWeights: Readonly<Record<string, Shape>> | null;
}

/**
 * The tests every block has to pass, and its cases: defaults valid and JSON, entries fit for a form, the shape
 * rule as told, both lowerings arrive at the shapes the rule names and use every weight they declare. A block
 * without a mirror gives out the shape it takes; a mirror takes more channels exactly where it says so; a tied one
 * restores the input with the encoder's weights.
 */
export function verifyBlock(block: BlockDefinition, cases: readonly BlockCase[]): void {
  describe(`block ${block.type}`, () => {
    it('is in the catalogue under its type', () => {
      expect(blockOf(block.type)).toBe(block);
      expect(block.type).toMatch(/^[a-z][a-z0-9-]*$/);
    });

    it('has defaults that its own schemas accept, and that JSON keeps', () => {
      const defaults = defaultsOf(block);
      for (const [name, entry] of Object.entries(block.params)) {
        expect(entry.schema.safeParse(defaults[name]).success, name).toBe(true);
        expect(entry.schema.safeParse({}).success, name).toBe(false);
        expect(entry.label.length * entry.help.length, name).toBeGreaterThan(0);
      }
      expect(JSON.parse(JSON.stringify(defaults))).toEqual(defaults);
      if (block.width !== undefined) expect(block.params[block.width]?.kind).toBe('integer');
    });

    for (const { name, params, input, output, encoderWeights, mirrorWeights } of cases) {
      it(`${name}: ${input.join('×')} → ${output.join('×')} and back`, () => {
        const all = { ...defaultsOf(block), ...params };
        expect(block.problems(all, input, 'block')).toEqual([]);
        expect(block.outputShape(all, input)).toEqual(output);
        expect(typeof block.describe(all)).toBe('string');
        const there = { params: all, inputShape: input, outputShape: output };
        const back = { params: all, inputShape: output, outputShape: input };
        expect(checkRule(block.encoder, there)).toEqual(encoderWeights);
        expect(block.mirror && checkRule(block.mirror, back)).toEqual(mirrorWeights);
        if (!block.mirror) expect(output).toEqual(input);
        if (block.tiedMirror) {
          const { shares } = block.tiedMirror;
          const shared = block.encoder.weights(there).filter((weight) => shares.includes(weight.name));
          expect(shared).toHaveLength(shares.length);
          const own = Object.entries(mirrorWeights ?? {}).filter(([weight]) => !shares.includes(weight));
          expect(checkRule(block.tiedMirror, back, shared)).toEqual(Object.fromEntries(own));
        }
        const more = joinedShape([output, output], 'concat');
        const takesMore = () =>
          block.mirror && more && checkRule(block.mirror, { ...back, inputShape: more });
        if (block.mirrorTakesMore) expect(takesMore()).not.toBeNull();
        else if (block.mirror) expect(takesMore).toThrow();
      });
    }
  });
}

/** Runs one half on shapes, with weights shared where it is tied; returns the shapes of its own weights by name. */
export function checkRule(
  rule: LayerRule,
  layer: LayerContext,
  shared: readonly WeightSpec[] = [],
): Record<string, Shape> {
  const weights = rule.weights(layer);
  const all = [...weights, ...shared];
  for (const training of [false, true]) {
    const ops = new ShapeOps(all, training);
    expect(rule.lower(ops, layer.inputShape, layer)).toEqual(layer.outputShape);
    expect([...ops.used].sort()).toEqual(all.map(({ name }) => name).sort());
  }
  for (const { shape, fanIn, fanOut } of weights) {
    expect(valueCount(shape)).toBeGreaterThan(0);
    expect(Math.min(fanIn, fanOut)).toBeGreaterThan(0);
  }
  return Object.fromEntries(weights.map(({ name, shape }) => [name, shape]));
}

function defaultsOf(block: BlockDefinition): Record<string, ParameterValue> {
  return Object.fromEntries(Object.entries(block.params).map(([name, entry]) => [name, entry.default]));
}

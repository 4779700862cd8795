import type { Value } from '../ops/program';
import type { ProgramBuilder } from './program-builder';

/** The arithmetic that losses, penalties and counters are lowered to, value by value. */
export function arithmetic(build: ProgramBuilder) {
  const unary = (op: string) => (x: Value) => build.add(op, [x]);
  const binary = (op: string) => (a: Value, b: Value) => build.add(op, [a, b]);
  return {
    add: binary('add'),
    sub: binary('sub'),
    mul: binary('mul'),
    div: binary('div'),
    square: unary('square'),
    sqrt: unary('sqrt'),
    abs: unary('abs'),
    log: unary('log'),
    exp: unary('exp'),
    atLeast: (x: Value, threshold: number) => build.add('atLeast', [x], { threshold }),
    clip: (x: Value, min: number, max: number) => build.add('clip', [x], { min, max }),
    constant: (value: number) => build.constant(value),
  };
}

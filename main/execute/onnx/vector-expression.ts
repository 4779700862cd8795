import type { UpdateOps } from '../../../shared/optimizers/optimizer';

/** Arithmetic on numbers of two kinds: one for the whole loop, or one for every element of a vector. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  /** Given anew for every run of the loop. */
  | { readonly kind: 'scalar'; readonly name: string }
  | { readonly kind: 'vector'; readonly name: string }
  | { readonly kind: 'operation'; readonly operation: Operation; readonly inputs: readonly Expression[] };

export type Operation = 'add' | 'sub' | 'mul' | 'div' | 'maximum' | 'sqrt' | 'abs' | 'withoutDenormals';

/** What each operation makes of single numbers. */
const arithmetic: Readonly<Record<Operation, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  maximum: Math.max,
  sqrt: Math.sqrt,
  abs: Math.abs,
  withoutDenormals: (x) => (Math.abs(x) < 2 ** -126 ? 0 : x),
};

const operation =
  (operation: Operation) =>
  (...inputs: Expression[]): Expression => ({ kind: 'operation', operation, inputs });

export const vector = (name: string): Expression => ({ kind: 'vector', name });
export const scalar = (name: string): Expression => ({ kind: 'scalar', name });

/** x, or 0 where it is smaller than the smallest normal number: denormal ones slow a processor many times over. */
export const withoutDenormals: (x: Expression) => Expression = operation('withoutDenormals');

export const expressionOps: UpdateOps<Expression> = {
  add: operation('add'),
  sub: operation('sub'),
  mul: operation('mul'),
  div: operation('div'),
  maximum: operation('maximum'),
  sqrt: operation('sqrt'),
  abs: operation('abs'),
  number: (value) => ({ kind: 'number', value }),
};

/** Whether an expression has a number for every element. */
export function isOfVectors(expression: Expression): boolean {
  if (expression.kind === 'operation') return expression.inputs.some(isOfVectors);
  return expression.kind === 'vector';
}

/** The number that an expression without vectors stands for, in double precision. */
export function numberOf(expression: Expression, scalars: Readonly<Record<string, number>>): number {
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'scalar': {
      const value = scalars[expression.name];
      if (value === undefined) throw new Error(`A loop was not given ${expression.name}`);
      return value;
    }
    case 'operation': {
      const [a = 0, b = 0] = expression.inputs.map((input) => numberOf(input, scalars));
      return arithmetic[expression.operation](a, b);
    }
    case 'vector':
      throw new Error(`${expression.name} is not a single number`);
  }
}

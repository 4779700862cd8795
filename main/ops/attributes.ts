import type { Attributes, TensorFlowAttribute } from './op';

/** The whole number (or float) under this name. @throws where an op was built without it. */
export function numberAttribute(attributes: Attributes, name: string): number {
  const value = attributes[name];
  if (typeof value !== 'number') throw new Error(`Attribute “${name}” must be a number; it is ${value}.`);
  return value;
}

/** The whole number under this name; absent means 1. */
export function countAttribute(attributes: Attributes, name: string): number {
  return name in attributes ? numberAttribute(attributes, name) : 1;
}

/** The list of numbers under this name. @throws where an op was built without it. */
export function numbersAttribute(attributes: Attributes, name: string): readonly number[] {
  const value = attributes[name];
  if (typeof value !== 'object') throw new Error(`Attribute “${name}” must be a list; it is ${value}.`);
  return value;
}

/** Two numbers, along height and width: those listed under this name, or the one that stands for both. */
export function pairAttribute(attributes: Attributes, name: string): readonly [number, number] {
  const value = attributes[name];
  if (typeof value === 'number') return [value, value];
  const [first, second, ...more] = numbersAttribute(attributes, name);
  if (first === undefined || second === undefined || more.length > 0) {
    throw new Error(`Attribute “${name}” must be one number or two; it is ${value}.`);
  }
  return [first, second];
}

/** The flag under this name; absent means false. */
export function flagAttribute(attributes: Attributes, name: string): boolean {
  return attributes[name] === true;
}

/** TensorFlow's `T` attribute of a float32 op. */
export const FLOAT = { T: { type: 'float32' } } as const satisfies Record<string, TensorFlowAttribute>;

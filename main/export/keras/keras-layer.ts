import type { Shape } from '../../../shared/tensors/shape';
import type { WeightUse } from '../network/network';
import type { LabFunction } from '../python/lab-code';

/** A value of a layer's settings, as JSON and Python both have it; arrays are tuples in Python. */
export type KerasValue = string | number | boolean | null | readonly KerasValue[];

/** One variable of a layer, as Keras keeps it. */
export interface KerasVariable {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Settings by Keras' names, in the order in which they are told. */
export type LayerConfig = Readonly<Record<string, KerasValue>>;

/** What makes one layer of Keras: everything that is not a default. */
export interface LayerSettings {
  /** As in `keras.layers`; or `GetItem`, what slicing makes, or `Function`, which programs alone have. */
  readonly className: string;
  readonly config: LayerConfig;
  /** Of a sample. */
  readonly shape: Shape;
  /** In Keras' own order: kernel, bias; gamma, beta, moving mean, moving variance. */
  readonly variables?: readonly KerasVariable[];
  /** Whether it draws random numbers, whose state Keras keeps too. */
  readonly seeded?: true;
  /** Of `Function`: which of the program's own. */
  readonly function?: LabFunction;
  /** Of `GetItem`: which channels, from and up to. */
  readonly channels?: readonly [from: number, to: number];
  /** What should be said of it beside its name and shape. */
  readonly remark?: string;
}

/** A layer in its place. */
export interface KerasLayer extends LayerSettings {
  readonly name: string;
  /** Names of the layers it reads. */
  readonly inputs: readonly string[];
  /** The layer of the plan that it belongs to. */
  readonly layerId: string;
}

/** What one step becomes: the layer that goes by the step's name, with others before and behind it. */
export interface StepLayers {
  readonly before?: readonly (LayerSettings & { readonly role: string })[];
  readonly main: LayerSettings;
  readonly behind?: readonly (LayerSettings & { readonly role: string })[];
}

/** A weight's numbers, in the shape it is kept in. */
export type WeightNumbers = (use: WeightUse) => Float32Array;

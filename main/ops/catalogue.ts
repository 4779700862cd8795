import { add } from './add';
import { biasAdd } from './bias-add';
import { broadcastTo } from './broadcast-to';
import { cast } from './cast';
import { clip, clipGradient } from './clip';
import { constant } from './constant';
import { div } from './div';
import { elu, eluGradient } from './elu';
import { gelu, geluGradient } from './gelu';
import { leakyRelu, leakyReluGradient } from './leaky-relu';
import { log } from './log';
import { matmul } from './matmul';
import { mul } from './mul';
import type { OpDefinition } from './op';
import { reduceMean, reduceSum } from './reduce';
import { relu, reluGradient } from './relu';
import { reshape } from './reshape';
import { selu, seluGradient } from './selu';
import { sigmoid, sigmoidGradient } from './sigmoid';
import { sigmoidCrossEntropy } from './sigmoid-cross-entropy';
import { softplus } from './softplus';
import { square } from './square';
import { sub } from './sub';
import { takeRows } from './take-rows';
import { tanh, tanhGradient } from './tanh';

/** Every op a Program may be made of. */
export const ops: readonly OpDefinition[] = [
  add,
  biasAdd,
  broadcastTo,
  cast,
  clip,
  clipGradient,
  constant,
  div,
  elu,
  eluGradient,
  gelu,
  geluGradient,
  leakyRelu,
  leakyReluGradient,
  log,
  matmul,
  mul,
  reduceMean,
  reduceSum,
  relu,
  reluGradient,
  reshape,
  selu,
  seluGradient,
  sigmoid,
  sigmoidCrossEntropy,
  sigmoidGradient,
  softplus,
  square,
  sub,
  takeRows,
  tanh,
  tanhGradient,
];

const byName = new Map(ops.map((op) => [op.name, op]));

/** The op of this name. @throws where there is none: a Program holds only ops of the catalogue. */
export function opOf(name: string): OpDefinition {
  const op = byName.get(name);
  if (!op) throw new Error(`There is no op “${name}”.`);
  return op;
}

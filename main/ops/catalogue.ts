import { abs, sign } from './abs';
import { add } from './add';
import { atLeast } from './at-least';
import { averagePool2d, averagePool2dGradient } from './average-pool2d';
import { biasAdd } from './bias-add';
import { broadcastTo } from './broadcast-to';
import { cast } from './cast';
import { clip, clipGradient } from './clip';
import { concat } from './concat';
import { constant } from './constant';
import { conv2d, conv2dInputGradient } from './conv2d';
import { conv2dKernelGradient } from './conv2d-kernel-gradient';
import { div } from './div';
import { elu, eluGradient } from './elu';
import { exp } from './exp';
import { floor } from './floor';
import { gelu, geluGradient } from './gelu';
import { leakyRelu, leakyReluGradient } from './leaky-relu';
import { log } from './log';
import { matmul } from './matmul';
import { maxPool2d, maxPool2dGradient } from './max-pool2d';
import { mul } from './mul';
import type { OpDefinition } from './op';
import { pad } from './pad';
import { reduceMean, reduceSum } from './reduce';
import { relu, reluGradient } from './relu';
import { resample2d } from './resample2d';
import { reshape } from './reshape';
import { scaleChannels } from './scale-channels';
import { selu, seluGradient } from './selu';
import { sigmoid, sigmoidGradient } from './sigmoid';
import { sigmoidCrossEntropy } from './sigmoid-cross-entropy';
import { cos, sin } from './sine';
import { slice } from './slice';
import { softplus } from './softplus';
import { sqrt } from './sqrt';
import { square } from './square';
import { sub } from './sub';
import { takeRows } from './take-rows';
import { tanh, tanhGradient } from './tanh';
import { transpose } from './transpose';
import { sumPool2d, upsampleNearest2d } from './upsample-nearest2d';

/** Every op a Program may be made of. */
export const ops: readonly OpDefinition[] = [
  abs,
  add,
  atLeast,
  averagePool2d,
  averagePool2dGradient,
  biasAdd,
  broadcastTo,
  cast,
  clip,
  clipGradient,
  concat,
  constant,
  conv2d,
  conv2dInputGradient,
  conv2dKernelGradient,
  cos,
  div,
  elu,
  eluGradient,
  exp,
  floor,
  gelu,
  geluGradient,
  leakyRelu,
  leakyReluGradient,
  log,
  matmul,
  maxPool2d,
  maxPool2dGradient,
  mul,
  pad,
  reduceMean,
  reduceSum,
  relu,
  reluGradient,
  resample2d,
  reshape,
  scaleChannels,
  selu,
  seluGradient,
  sigmoid,
  sigmoidCrossEntropy,
  sigmoidGradient,
  sign,
  sin,
  slice,
  softplus,
  sqrt,
  square,
  sub,
  sumPool2d,
  takeRows,
  tanh,
  tanhGradient,
  transpose,
  upsampleNearest2d,
];

const byName = new Map(ops.map((op) => [op.name, op]));

/** The op of this name. @throws where there is none: a Program holds only ops of the catalogue. */
export function opOf(name: string): OpDefinition {
  const op = byName.get(name);
  if (!op) throw new Error(`There is no op “${name}”.`);
  return op;
}

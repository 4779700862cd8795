import { type Activation, INITIALIZERS, type Initializer } from './layer-ops';
import { choice, integer, toggle } from './parameter';

/** Entries that several blocks share, so that they read and behave alike everywhere. */

const activationLabels: { readonly value: Activation; readonly label: string }[] = [
  { value: 'linear', label: 'Linear' },
  { value: 'relu', label: 'ReLU' },
  { value: 'relu6', label: 'ReLU6' },
  { value: 'leakyRelu', label: 'Leaky ReLU' },
  { value: 'leakyRelu001', label: 'Leaky ReLU (0.01)' },
  { value: 'leakyRelu01', label: 'Leaky ReLU (0.1)' },
  { value: 'leakyRelu03', label: 'Leaky ReLU (0.3)' },
  { value: 'elu', label: 'ELU' },
  { value: 'selu', label: 'SELU' },
  { value: 'gelu', label: 'GELU' },
  { value: 'swish', label: 'Swish (SiLU)' },
  { value: 'softplus', label: 'Softplus' },
  { value: 'tanh', label: 'Tanh' },
  { value: 'sigmoid', label: 'Sigmoid' },
];

/** What an activation is called: `Leaky ReLU`. */
export function activationLabel(activation: Activation): string {
  return activationLabels.find(({ value }) => value === activation)?.label ?? activation;
}

const initializerLabels: Readonly<Record<Initializer, string>> = {
  glorotUniform: 'Glorot uniform',
  glorotNormal: 'Glorot normal',
  heUniform: 'He uniform',
  heNormal: 'He normal',
  lecunUniform: 'LeCun uniform',
  lecunNormal: 'LeCun normal',
  randomUniform: 'Random uniform (±0.05)',
  randomNormal: 'Random normal (σ 0.05)',
  zeros: 'Zeros',
  ones: 'Ones',
};

/** An activation of a layer; blocks differ only in the default. */
export function activationEntry(defaultActivation: Activation) {
  return choice({
    label: 'Activation',
    help: 'The function applied to every value the layer gives out.',
    options: activationLabels,
    default: defaultActivation,
    structural: false,
  });
}

export const kernelInitializer = choice({
  label: 'Initialiser',
  help: 'How the weights are drawn before training.',
  options: INITIALIZERS.map((value) => ({ value, label: initializerLabels[value] })),
  default: 'glorotUniform',
  structural: false,
});

export const useBias = toggle({
  label: 'Bias',
  help: 'Whether a trainable number is added to every unit or filter.',
  default: true,
  structural: false,
});

export const padding = choice({
  label: 'Padding',
  help: 'Same pads the border so that only the stride shrinks the result; valid uses whole windows only.',
  options: [
    { value: 'same', label: 'Same' },
    { value: 'valid', label: 'Valid' },
  ],
  default: 'same',
});

/** The step between neighbouring windows, along every axis the same. */
export function strideEntry(defaultStride: number, unit = 'px') {
  return integer({
    label: 'Stride',
    help: 'How far the window moves at each step; what comes in shrinks by this factor.',
    unit,
    min: 1,
    max: 64,
    default: defaultStride,
  });
}

/** The heading of what few drawings need. */
export const FURTHER = 'Further options';

/** How far the elements of a kernel lie apart. */
export const dilation = integer({
  label: 'Dilation',
  help: 'How far the elements of the kernel lie apart, so that it sees more with as many weights. Needs a stride of 1.',
  min: 1,
  max: 64,
  default: 1,
  extra: FURTHER,
});

/** How the mirror of a pool enlarges what comes in. */
export const upsampling = choice({
  label: 'Upsampling',
  help: 'How the mirror enlarges: by repeating values, or by straight lines between them.',
  options: [
    { value: 'nearest', label: 'Nearest' },
    { value: 'bilinear', label: 'Bilinear' },
  ],
  default: 'nearest',
  structural: false,
  extra: FURTHER,
});

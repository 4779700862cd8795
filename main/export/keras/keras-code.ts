import { labLines } from '../python/lab-code';
import { callLines, commentText, listLines, literal } from '../python/python-text';
import { type Described, sampleWords, shapeWords } from '../python/sample-words';
import type { KerasLayer, KerasValue } from './keras-layer';
import type { KerasNetwork } from './keras-layers';

/** Settings that are told without their names, by the layer; Convolutions, poolings and their like by the end of theirs. */
const POSITIONAL: Readonly<Record<string, readonly string[]>> = {
  Dense: ['units'],
  Conv: ['filters', 'kernel_size'],
  ConvTranspose: ['filters', 'kernel_size'],
  DepthwiseConv: ['kernel_size'],
  MaxPooling: ['pool_size'],
  AveragePooling: ['pool_size'],
  UpSampling: ['size'],
  ZeroPadding: ['padding'],
  Cropping: ['cropping'],
  Reshape: ['target_shape'],
  Permute: ['dims'],
  Dropout: ['rate'],
  SpatialDropout: ['rate'],
  GaussianNoise: ['stddev'],
  Activation: ['activation'],
  Rescaling: ['scale'],
};

const LAB_WORDS = {
  where: 'ops.where',
  clip: 'ops.clip',
  minimum: 'ops.minimum',
  channel: (picture: string, at: string) => `${picture}[..., ${at} : ${at} + 1]`,
  joined: (channels: string) => `ops.concatenate(${channels}, axis=-1)`,
};

/** As many numbers stand in a line; longer lists get a name. */
const MOST_IN_LINE = 4;

/**
 * A network as the program that a person would write for Keras 3: the functional API, layers named after the blocks, the
 * weights in a file beside it.
 *
 * @param weightsFile the name of that file, which ends with `.weights.h5`
 */
export function kerasCode(network: KerasNetwork, described: Described, weightsFile: string): string {
  const { layers, input, output, code, part } = network;
  const constants: string[] = [];
  const variables = variablesOf(network);
  const body: string[] = [];
  for (const [index, layer] of layers.entries()) {
    if (part === 'whole' && layer === layers[1]) body.push('', '    # Encoder');
    if (part === 'whole' && layers[index - 1] === code) body.push('', '    # Decoder');
    body.push(...layerLines(layer, variables, constants));
  }
  const usesLab = layers.some((layer) => layer.function);
  const of = (layer: KerasLayer) => variables.get(layer.name) ?? 'x';
  const name = part === 'whole' ? 'autoencoder' : part;
  return [
    `"""An ${part === 'whole' ? 'autoencoder' : `autoencoder’s ${part}`} that was drawn and trained in Hourglass, for Keras 3."""`,
    '',
    `# Drawing: ${commentText(described.document.name)}`,
    ...sampleWords(described).map((line) => `# ${line}`),
    '',
    'from pathlib import Path',
    '',
    'import keras',
    `from keras import layers${usesLab ? ', ops' : ''}`,
    '',
    `WEIGHTS = Path(__file__).with_name(${literal(weightsFile)})`,
    ...(constants.length > 0 ? ['', ...constants] : []),
    '',
    '',
    ...(usesLab ? labLines(LAB_WORDS) : []),
    'def build_model():',
    '    """The network, with weights drawn anew."""',
    ...body,
    '',
    `    return keras.Model(${of(input)}, ${of(output)}, name=${literal(name)})`,
    '',
    '',
    'def load_model(weights=WEIGHTS):',
    '    """The network with the weights it was trained to."""',
    '    model = build_model()',
    '    model.load_weights(weights)',
    '    return model',
    '',
    '',
    ...(part === 'whole' ? encoderLines(code) : []),
    'if __name__ == "__main__":',
    '    load_model().summary()',
    '',
  ].join('\n');
}

function encoderLines({ name }: KerasLayer): string[] {
  return [
    'def encoder_of(model):',
    '    """The half of the network that makes codes of samples."""',
    `    return keras.Model(model.inputs, model.get_layer(${literal(name)}).output, name="encoder")`,
    '',
    '',
  ];
}

/** What each layer's output is called: `x` where only the next line reads it. */
function variablesOf({ layers, input, output, code }: KerasNetwork): ReadonlyMap<string, string> {
  const reads = new Map<string, number>();
  for (const read of layers.flatMap(({ inputs }) => inputs)) reads.set(read, (reads.get(read) ?? 0) + 1);
  return new Map(
    layers.map((layer, index) => {
      const isNext = reads.get(layer.name) === 1 && layers[index + 1]?.inputs.includes(layer.name);
      const own = layer === output && layer !== code ? 'outputs' : layer.name;
      const chained = isNext && layer !== code ? 'x' : own;
      return [layer.name, layer === input ? 'inputs' : chained];
    }),
  );
}

function layerLines(
  layer: KerasLayer,
  variables: ReadonlyMap<string, string>,
  constants: string[],
): string[] {
  const { className, name, inputs, shape, config, channels, remark } = layer;
  const variable = variables.get(name) ?? 'x';
  const read = inputs.map((input) => variables.get(input) ?? 'x');
  const said = commentText([shapeWords(shape), ...(remark ? [remark] : [])].join(', '));
  if (className === 'InputLayer') {
    return [`    ${variable} = keras.Input(${literal(shape)}, name=${literal(name)})`];
  }
  if (layer.function) return [`    ${variable} = ${layer.function}(${read.join(', ')})  # ${said}`];
  if (channels) return [`    ${variable} = ${read[0]}[..., ${channels[0]}:${channels[1]}]  # ${said}`];
  const positional = POSITIONAL[className.replace(/[12]D/, '')] ?? [];
  const written = (setting: string, value: KerasValue) => {
    if (!Array.isArray(value) || value.length <= MOST_IN_LINE) return literal(value);
    const constant = `${name}_${setting}`.toUpperCase();
    constants.push(...listLines(constant, value as readonly number[]));
    return constant;
  };
  const args = [
    ...Object.entries(config).map(([setting, value]) =>
      positional.includes(setting) ? written(setting, value) : `${setting}=${written(setting, value)}`,
    ),
    `name=${literal(name)}`,
  ];
  const given = read.length > 1 ? `([${read.join(', ')}])` : `(${read[0]})`;
  return callLines(`    ${variable} = layers.${className}`, args, given, said);
}

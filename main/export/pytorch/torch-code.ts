import { labLines } from '../python/lab-code';
import { commentText, literal } from '../python/python-text';
import { type Described, sampleWords, shapeWords } from '../python/sample-words';
import type { TorchLine, TorchModule } from './torch-module';
import { channelsFirst } from './torch-step';

const AVERAGE_POOL = [
  'def average_pool(pool, x, size, stride, pads):',
  '    """The mean of what each window covers; what lies outside does not count."""',
  '    inside = torch.ones_like(x[:1, :1])',
  '    return pool(F.pad(x, pads), size, stride) / pool(F.pad(inside, pads), size, stride)',
  '',
  '',
];

const LAB_WORDS = {
  where: 'torch.where',
  clip: 'torch.clamp',
  minimum: 'torch.minimum',
  channel: (picture: string, at: string) => `${picture}[:, ${at} : ${at} + 1]`,
  joined: (channels: string) => `torch.cat(${channels}, dim=1)`,
};

/**
 * A network as the program that a person would write for PyTorch: a module with channels first, layers named after the blocks,
 * its state in a safetensors file beside it.
 */
export function torchCode(module: TorchModule, described: Described, weightsFile: string): string {
  const { network, lines } = module;
  const { part } = network;
  const name = { whole: 'Autoencoder', encoder: 'Encoder', decoder: 'Decoder' }[part];
  const usesPool = lines.some(({ uses = [] }) => uses.includes('average_pool'));
  const usesLab = lines.some(({ uses = [] }) => uses.includes('lab'));
  const usesF = usesPool || lines.some(({ expression }) => expression.includes('F.'));
  const made = lines.flatMap((line) => line.made.map((each) => `        ${each}`));
  return [
    `"""An ${part === 'whole' ? 'autoencoder' : `autoencoder’s ${part}`} that was drawn and trained in Hourglass, for PyTorch."""`,
    '',
    `# Drawing: ${commentText(described.document.name)}`,
    ...sampleWords(described).map((line) => `# ${line}`),
    ...layoutWords(described),
    '',
    'from pathlib import Path',
    '',
    'import torch',
    ...(usesF ? ['import torch.nn.functional as F'] : []),
    'from safetensors.torch import load_file',
    'from torch import nn',
    '',
    `WEIGHTS = Path(__file__).with_name(${literal(weightsFile)})`,
    '',
    '',
    ...(usesPool ? AVERAGE_POOL : []),
    ...(usesLab ? labLines(LAB_WORDS) : []),
    `class ${name}(nn.Module):`,
    '    def __init__(self):',
    '        super().__init__()',
    ...made,
    '',
    ...(part === 'whole' ? wholeLines(module) : halfLines(module)),
    '',
    '',
    'def load_model(weights=WEIGHTS):',
    '    """The network with the weights it was trained to, ready to be used."""',
    `    model = ${name}()`,
    '    model.load_state_dict(load_file(weights))',
    '    return model.eval()',
    '',
    '',
    'if __name__ == "__main__":',
    '    print(load_model())',
    '',
  ].join('\n');
}

/** How samples lie in memory. */
function layoutWords({ sampleShape, part }: Described): string[] {
  if (sampleShape.length === 1) return [];
  const first = `samples, ${shapeWords(channelsFirst(sampleShape))}`;
  const turned = part === 'decoder' ? 'x.movedim(1, -1)' : 'torch.from_numpy(samples).movedim(-1, 1)';
  return [`# PyTorch has the channels first (${first}): ${turned} turns them.`];
}

function halfLines({ lines }: TorchModule): string[] {
  const result = lines.at(-1)?.variable ?? 'x';
  return [`    def forward(self, ${givenTo(lines)}):`, ...codeLines(lines), `        return ${result}`];
}

/** What the first line reads. */
function givenTo([first]: readonly TorchLine[]): string {
  return first?.variable ?? 'x';
}

/** An encoder and a decoder, also where the decoder needs more than the code. */
function wholeLines({ network, lines, skips }: TorchModule): string[] {
  const end = lines.findIndex(({ step }) => step === network.code);
  const code = lines[end]?.variable ?? 'code';
  const [encoder, decoder] = [lines.slice(0, end + 1), lines.slice(end + 1)];
  const given = givenTo(lines);
  const whole = [code, ...skips].join(', ');
  const decode = [`    def decode(self, ${whole}):`, ...codeLines(decoder), '        return x', ''];
  if (skips.length === 0) {
    return [
      `    def encode(self, ${given}):`,
      ...codeLines(encoder),
      `        return ${code}`,
      '',
      ...decode,
      '    def forward(self, x):',
      '        return self.decode(self.encode(x))',
    ];
  }
  return [
    '    def encode(self, x):',
    '        return self.encode_with_skips(x)[0]',
    '',
    `    def encode_with_skips(self, ${given}):`,
    ...codeLines(encoder),
    `        return ${whole}`,
    '',
    ...decode,
    '    def forward(self, x):',
    '        return self.decode(*self.encode_with_skips(x))',
  ];
}

function codeLines(lines: readonly TorchLine[]): string[] {
  return lines
    .filter(({ step }) => step.operation.kind !== 'input')
    .map(({ step, variable, expression, remark }) => {
      const said = [shapeWords(channelsFirst(step.shape)), ...(remark ? [remark] : [])].join(', ');
      return `        ${variable} = ${expression}  # ${commentText(said)}`;
    });
}

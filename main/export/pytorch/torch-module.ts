import type { GraphDocument } from '../../../shared/document/graph-document';
import { displayName } from '../../../shared/plan/display-names';
import type { Network, Step, WeightUse } from '../network/network';
import { StepNames } from '../network/step-names';
import type { TorchStep, TorchTensor } from './torch-step';
import { torchStep } from './torch-steps';

/** A step in its place. */
export interface TorchLine extends TorchStep {
  readonly step: Step;
  /** What its output is called: `x` where only the next line reads it. */
  readonly variable: string;
}

/** A network as a module of PyTorch. */
export interface TorchModule {
  readonly network: Network;
  readonly lines: readonly TorchLine[];
  /** What outputs of the encoder the decoder reads beside the code, by their variables. */
  readonly skips: readonly string[];
  /** The module's state, by its names (`conv_1.weight`). */
  readonly state: ReadonlyMap<string, TorchTensor>;
}

/** @param numbers the trained weights */
export function torchModule(
  network: Network,
  document: Pick<GraphDocument, 'blocks'>,
  numbers: (use: Pick<WeightUse, 'name'>) => Float32Array,
): TorchModule {
  const names = new StepNames((id) => displayName(document, id));
  for (const step of network.steps) names.of(step);
  const variables = variablesOf(network, names);
  const holders = holdersOf(network, names);
  const lines = network.steps.map((step) => {
    const name = names.of(step);
    const read = step.inputs.map((input) => variables.get(input) ?? 'x');
    const holder = (weight: string) => {
      const found = holders.get(weight);
      return found === undefined || found === name ? null : found;
    };
    return {
      ...torchStep(step, { name, read, numbers, holder }),
      step,
      variable: variables.get(step) ?? 'x',
    };
  });
  const state = new Map(lines.flatMap((line) => Object.entries(line.state)));
  return { network, lines, skips: skipsOf(network, variables), state };
}

/** The layers that hold their kernels as PyTorch wants them in both uses: dense layers and convolutions of the encoder. */
function holdersOf({ steps }: Network, names: StepNames): ReadonlyMap<string, string> {
  const holders = new Map<string, string>();
  for (const step of steps) {
    const { operation } = step;
    const holds = (operation.kind === 'dense' && !operation.transposed) || operation.kind === 'conv';
    if (holds && !holders.has(operation.kernel.name)) holders.set(operation.kernel.name, names.of(step));
  }
  return holders;
}

function variablesOf(
  { part, steps, input, output, code }: Network,
  names: StepNames,
): ReadonlyMap<Step, string> {
  const reads = new Map<Step, number>();
  for (const read of steps.flatMap(({ inputs }) => inputs)) reads.set(read, (reads.get(read) ?? 0) + 1);
  const variableOf = (step: Step, index: number): string => {
    const isNext = reads.get(step) === 1 && steps[index + 1]?.inputs.includes(step);
    // A parameter, which must not be overwritten while it is still to be read.
    if (step === input) return isNext ? 'x' : 'inputs';
    if (part === 'whole' && step === code) return names.of(step);
    return isNext || step === output ? 'x' : names.of(step);
  };
  return new Map(steps.map((step, index) => [step, variableOf(step, index)]));
}

function skipsOf({ part, steps, code }: Network, variables: ReadonlyMap<Step, string>): string[] {
  if (part !== 'whole') return [];
  const end = steps.indexOf(code);
  const encoder = new Set(steps.slice(0, end));
  const read = steps.slice(end + 1).flatMap(({ inputs }) => inputs.filter((input) => encoder.has(input)));
  return [...new Set(read)].map((step) => variables.get(step) ?? 'x');
}

import { type Command, InvalidArgumentError, Option } from 'commander';
import type { CliIo } from './cli-io';
import { type EvaluateArguments, evaluate } from './evaluate-command';
import { type TransformArguments, transform } from './transform-command';

const MODEL = 'a trained model: the folder of a run, or a model file';
const DATA =
  'IDX files, an NPY file, a table or a folder of pictures (default: what the model was trained on)';
const OUT = 'where they go: a name that ends in .npy, .csv or .parquet';

/** The commands that use a trained model: `encode`, `decode`, `reconstruct`, `evaluate`. */
export function addTransformCommands(program: Command, io: CliIo, end: (code: number) => void): void {
  const encode = program
    .command('encode')
    .description('write the codes of a data set, of any size')
    .argument('<model>', MODEL)
    .argument('[data]', DATA)
    .requiredOption('--out <file>', OUT);
  sampleOptions(common(encode)).action(
    async (model: string, data: string | undefined, options: Omit<TransformArguments, 'model' | 'data'>) =>
      end(await transform('encode', { ...options, model, ...(data !== undefined && { data }) }, io)),
  );

  const decode = program
    .command('decode')
    .description('write the samples that codes stand for')
    .argument('<model>', MODEL)
    .argument('<codes>', 'an NPY file or a table with a code in each row, as “encode” writes them')
    .requiredOption('--out <place>', `${OUT}, or a folder’s for PNG pictures`);
  common(decode).action(
    async (model: string, data: string, options: Omit<TransformArguments, 'model' | 'data'>) =>
      end(await transform('decode', { ...options, model, data }, io)),
  );

  const reconstruct = program
    .command('reconstruct')
    .description('write what a model makes of a data set, of any size')
    .argument('<model>', MODEL)
    .argument('[data]', DATA)
    .requiredOption('--out <place>', `${OUT}, or a folder’s for PNG pictures`);
  sampleOptions(common(reconstruct)).action(
    async (model: string, data: string | undefined, options: Omit<TransformArguments, 'model' | 'data'>) =>
      end(await transform('reconstruct', { ...options, model, ...(data !== undefined && { data }) }, io)),
  );

  engineOption(
    program
      .command('evaluate')
      .description('measure a model on the data it was trained on, beside PCA, or on others')
      .argument('<model>', MODEL)
      .argument('[data]', DATA)
      .option('--label <column>', 'the label column of a table: first, last, none or its name')
      .option('--skip-broken', 'leave out pictures that can’t be read')
      .option('--no-pca', 'without the errors of PCA'),
  )
    .option('--json', 'one line of JSON instead of a table')
    .action(
      async (model: string, data: string | undefined, options: Omit<EvaluateArguments, 'model' | 'data'>) =>
        end(await evaluate({ ...options, model, ...(data !== undefined && { data }) }, io)),
    );
}

function common(command: Command): Command {
  return engineOption(command)
    .option('--batch <n>', 'how many the engine is given at a time (default: as fits the model)', batch)
    .option('--json', 'a line of JSON instead of a table, at the end');
}

function sampleOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--split <set>', 'of data that have both, instead of one after the other').choices([
        ...['train', 'test'],
      ]),
    )
    .option('--label <column>', 'the label column of a table: first, last, none or its name')
    .option('--skip-broken', 'leave out pictures that can’t be read');
}

function engineOption(command: Command): Command {
  return command.addOption(
    new Option('--engine <name>', 'instead of the best one present').choices(['tensorflow', 'onnx']),
  );
}

function batch(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= 100_000) return value;
  throw new InvalidArgumentError('Expected a whole number from 1 to 100000.');
}

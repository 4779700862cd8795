import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { exportFormats } from '../../main/export/catalogue';
import { EXPORT_PARTS } from '../../shared/export/export-part';
import { type CheckArguments, check } from './check-command';
import type { CliIo } from './cli-io';
import { addDataOptions, listOf } from './data-options';
import { datasets, describeDataset } from './datasets-command';
import { doctor } from './doctor-command';
import { EXIT } from './exit-code';
import { type ExportArguments, exportCommand } from './export-command';
import { findRate } from './find-rate-command';
import { type ImportArguments, importForeign } from './import-command';
import { type ReportArguments, report } from './report-command';
import { reportError } from './report-error';
import { type ResumeArguments, resume } from './resume-command';
import { type RunsArguments, runs } from './runs-command';
import { type SaveArguments, save } from './save-command';
import { type SweepArguments, sweep } from './sweep-command';
import { type TrainArguments, train } from './train-command';
import { addTransformCommands } from './transform-options';
import { addWeightsOptions } from './weights-options';

const FORCE = 'replace a run or a file that is there; of a file, a backup is kept';

/**
 * Runs one command line, `['train', 'examples/mnist-dense.hourglass', '--json']`.
 *
 * @returns the exit code: 0 done, 1 a Problem (or a fault of Hourglass), 2 wrong usage, 130 interrupted
 */
export async function run(argv: readonly string[], io: CliIo): Promise<number> {
  let code: number = EXIT.ok;
  const program = commandLine(io, (ended) => {
    code = ended;
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    // commander has said what is wrong; showing the help that was asked for has code 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    return reportError(error, io, argv.includes('--json'));
  }
}

function commandLine(io: CliIo, end: (code: number) => void): Command {
  const program = new Command('hourglass')
    .description('Draw, check and train autoencoders. Without a command, the window opens.')
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: io.err })
    .showHelpAfterError('(hourglass --help lists the commands)');

  addDataOptions(
    program
      .command('check')
      .description(
        'say everything that is wrong with a drawing and its data, show its layers, and what a run takes',
      )
      .argument('<file>', 'a *.hourglass file, a picture saved by “Share…”, or a link'),
  )
    .option('--drawing-only', 'look at the drawing alone, not at its data, and take no steps')
    .addOption(
      new Option('--engine <name>', 'instead of the best one present').choices(['tensorflow', 'onnx']),
    )
    .option('--json', 'one line of JSON instead of text')
    .action(async (file: string, options: Omit<CheckArguments, 'file'>) =>
      end(await check({ ...options, file }, io)),
    );

  addWeightsOptions(
    addDataOptions(
      program
        .command('train')
        .description('train a drawing; Ctrl+C stops and keeps the weights')
        .argument('<file>', 'a *.hourglass file, a picture saved by “Share…”, or a link'),
    ),
  )
    .option('--epochs <n>', 'instead of the drawing’s', wholeNumber(1, 100_000))
    .option('--seed <n>', 'instead of the drawing’s', wholeNumber(0, 2 ** 32 - 1))
    .addOption(
      new Option('--engine <name>', 'instead of the best one present').choices(['tensorflow', 'onnx']),
    )
    .option('--out <dir>', 'where history, picture and weights go (default: runs/<name>-<time>)')
    .option('--save <file>', 'also write drawing and weights into one *.hourglass file')
    .option('--force', FORCE)
    .option(
      '--layers <ids>',
      'also write what these layers give out (comma-separated: code,dense-1), a row a sample, as NPY',
      listOf,
    )
    .option('--anyway', 'also where memory is most likely short; never where this machine has not as much')
    .option('--json', 'JSON Lines on stdout instead of a summary')
    .action(async (file: string, options: Omit<TrainArguments, 'file'>) =>
      end(await train({ ...options, file }, io)),
    );

  program
    .command('resume')
    .description('go on with a run that was interrupted, as if it had not been, or train a model file on')
    .argument('<place>', 'the folder of the run, or a *.hourglass file with weights')
    .option(
      '--data <path>',
      'where the data lie by now, under their old name; of a model file, other data to train on',
    )
    .option('--more-epochs <n>', 'beyond those it was to have, as a run of its own', wholeNumber(1, 100_000))
    .option('--learning-rate <x>', 'instead of the drawing’s, as a run of its own', positive)
    .addOption(
      new Option('--engine <name>', 'instead of the one that trained it').choices(['tensorflow', 'onnx']),
    )
    .option(
      '--inexact',
      'go on although engine, version or number of threads are others, as a run of its own: not bit for bit',
    )
    .option('--out <dir>', 'where a run of its own goes (default: runs/<name>-<time>)')
    .option('--save <file>', 'also write drawing and weights into one *.hourglass file')
    .option('--force', FORCE)
    .option('--json', 'JSON Lines on stdout instead of a summary')
    .action(async (place: string, options: Omit<ResumeArguments, 'place'>) =>
      end(await resume({ ...options, place }, io)),
    );

  program
    .command('save')
    .description('put a run’s drawing, its weights and what training goes on from into one file')
    .argument('<folder>', 'of the run')
    .argument('<file>', 'a *.hourglass file to write')
    .option('--pictures', 'also a picture of samples and their reconstructions')
    .option('--force', FORCE)
    .action(async (folder: string, file: string, options: Omit<SaveArguments, 'folder' | 'file'>) =>
      end(await save({ ...options, folder, file }, io)),
    );

  program
    .command('runs')
    .description('list the runs of the app and of this folder, or those in a folder')
    .argument('[dir]', 'a folder of runs, or one with “runs” in it')
    .option('--search <text>', 'only those with these words in name, data, state or engine')
    .option('--delete <id>', 'delete a run for good; may be given more than once', collected, [])
    .option(
      '--tidy',
      'remove the oldest runs beyond the newest 50 or 4 GB, as the app does; never one with a star',
    )
    .option('--json', 'a line of JSON a run instead of a table')
    .action(async (dir: string | undefined, options: Omit<RunsArguments, 'dir'>) =>
      end(await runs({ ...options, ...(dir !== undefined && { dir }) }, io)),
    );

  addDataOptions(
    program
      .command('sweep')
      .description('train several code sizes, print their errors beside PCA’s, and suggest one')
      .argument('<file>', 'a *.hourglass file, a picture saved by “Share…”, or a link'),
  )
    .option('--sizes <list>', 'two to twelve code sizes', sizeList, [2, 4, 8, 16, 32])
    .option('--epochs <n>', 'of each size, instead of the drawing’s', wholeNumber(1, 100_000))
    .option('--seed <n>', 'instead of the drawing’s', wholeNumber(0, 2 ** 32 - 1))
    .addOption(
      new Option('--engine <name>', 'instead of the best one present').choices(['tensorflow', 'onnx']),
    )
    .option('--out <dir>', 'where the folders of the runs go (default: runs/<name>-sizes-<time>)')
    .option('--force', FORCE)
    .option('--json', 'one line of JSON instead of a table')
    .action(async (file: string, options: Omit<SweepArguments, 'file'>) =>
      end(await sweep({ ...options, file }, io)),
    );

  addWeightsOptions(
    addDataOptions(
      program
        .command('find-rate')
        .description('find the learning rate to begin with, from the loss of steps of a growing rate')
        .argument('<file>', 'a *.hourglass file, a picture saved by “Share…”, or a link'),
    ),
  )
    .option('--seed <n>', 'instead of the drawing’s', wholeNumber(0, 2 ** 32 - 1))
    .addOption(
      new Option('--engine <name>', 'instead of the best one present').choices(['tensorflow', 'onnx']),
    )
    .action(async (file: string, options: Omit<TrainArguments, 'file'>) =>
      end(await findRate({ ...options, file }, io)),
    );

  addTransformCommands(program, io, end);

  program
    .command('import')
    .description('draw a model of another program (TensorFlow.js LayersModel, Keras, ONNX), with its weights')
    .argument('<file>', 'model.json (or its folder), a .keras, .h5 or .onnx file')
    .requiredOption(
      '--out <place>',
      'a model file (….hourglass), or a folder that the drawing and its weights go into',
    )
    .option('--force', FORCE)
    .addOption(
      new Option('--engine <name>', 'that compares what both give, instead of the best one present').choices([
        'tensorflow',
        'onnx',
      ]),
    )
    .option('--json', 'one line of JSON instead of text')
    .action(async (file: string, options: Omit<ImportArguments, 'file'>) =>
      end(await importForeign({ ...options, file }, io)),
    );

  program
    .command('export')
    .description('write a trained model, or half of it, for another program, and run it once more')
    .argument('<model>', 'a run’s folder, or a model file')
    .requiredOption('--to <format>', exportFormats.map(({ name, title }) => `${name} (${title})`).join(', '))
    .addOption(new Option('--part <part>', 'what of it').choices(EXPORT_PARTS).default('whole'))
    .option('--out <path>', 'where it goes (default: named after the model, in the working folder)')
    .option('--replace', 'take away what an export left there before')
    .addOption(
      new Option('--engine <name>', 'to compare with, instead of the best one present').choices([
        'tensorflow',
        'onnx',
      ]),
    )
    .option('--json', 'one line of JSON instead of text')
    .action(async (model: string, options: Omit<ExportArguments, 'model'>) =>
      end(await exportCommand({ ...options, model }, io)),
    );

  program
    .command('report')
    .description(
      'write a page about a run: its drawing, settings, charts, measures and layers, in one HTML file',
    )
    .argument('<folder>', 'of a run that has ended')
    .option('--out <file>', 'where it goes', 'report.html')
    .option('--pictures', 'with its pictures, which show your data')
    .option('--replace', 'replace a file that is there')
    .action(async (folder: string, options: Omit<ReportArguments, 'folder'>) =>
      end(await report({ ...options, folder }, io)),
    );

  program
    .command('datasets')
    .description('list the built-in data sets, or say what data lie at a path')
    .argument('[path]', 'IDX files, an NPY file, a table of numbers or a folder of pictures')
    .action(async (path: string | undefined) =>
      end(path === undefined ? datasets(io) : await describeDataset(path, io)),
    );

  program
    .command('doctor')
    .description('say which engine is in use, which versions, and how to get the missing')
    .option('--get', 'fetch TensorFlow first where it is missing')
    .action(async ({ get }: { get?: boolean }) => end(await doctor(get ?? false, io)));

  return program;
}

function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`Expected a whole number from ${min} to ${max}.`);
  };
}

function positive(text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError('Expected a number above 0.');
}

function collected(text: string, before: readonly string[]): string[] {
  return [...before, text];
}

function sizeList(text: string): number[] {
  const sizes = [...new Set(text.split(',').map(Number))];
  const isGood = sizes.every((size) => Number.isInteger(size) && size >= 1);
  if (isGood && sizes.length >= 2 && sizes.length <= 12) return sizes;
  throw new InvalidArgumentError('Expected two to twelve whole numbers from 1, such as 2,4,8.');
}

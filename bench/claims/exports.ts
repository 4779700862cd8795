import { spawnSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { openEngine } from '../../main/execute/engines';
import type { Executor, Tensor } from '../../main/execute/executor';
import { exportFormats } from '../../main/export/catalogue';
import { checkInputs } from '../../main/export/check-inputs';
import { exportModel, exportProblems, subjectOf } from '../../main/export/export-model';
import { exportName } from '../../main/export/export-name';
import { inFileScale } from '../../main/export/file-scale';
import type { ExportFormat, ExportSubject } from '../../main/export/format';
import { runModel } from '../../main/models/model-runner';
import { openModel } from '../../main/models/open-model';
import { EXPORT_PARTS } from '../../shared/export/export-part';
import { pythonEnvironment } from '../python-environment';
import type { Claim, ClaimContext } from './claim';
import { writeDrawings } from './export-drawings';
import { npyBytes } from './npy-bytes';

const BAR = 1e-5;
const SAMPLES = 8;
/** Formats whose real reader is Python's; tfjs is read in Chromium. */
const READ_HERE = ['onnx', 'saved-model', 'keras', 'keras-code', 'pytorch'];

/** An export and what it is to give out: a line of the list for `exports_read.py`. */
interface Written {
  readonly kind: string;
  readonly part: string;
  readonly format: string;
  readonly path: string;
  readonly inputs: string;
  readonly outputs: string;
}

export const exports: Claim = {
  name: 'exports',
  bar: `every export of the examples (on small built-in sets) and of what they lack, whole, encoder and decoder, read by onnxruntime and onnx.checker, TensorFlow, Keras and PyTorch: at most ${BAR} × max(1, largest output) from the app’s own`,
  data: 'ecg5000',
  async check(context) {
    const { root, say } = context;
    const environment = await pythonEnvironment(join(root, '.cache', 'bench', 'python'));
    if ('reason' in environment) throw new Error(environment.reason);
    const folder = join(root, 'dist', 'claims', 'exports');
    await rm(folder, { recursive: true, force: true });
    const written: Written[] = [];
    const refused: string[] = [];
    const executor = await openEngine();
    for (const [kind, out] of await trained(context, folder)) {
      const model = await openModel(out);
      for (const part of EXPORT_PARTS) {
        const subject = subjectOf({ model, part, name: kind });
        const place = join(folder, kind, part);
        await mkdir(place, { recursive: true });
        const formats = exportFormats.filter(({ name }) => READ_HERE.includes(name));
        const possible = formats.filter((format) => exportProblems(format, subject).length === 0);
        refused.push(
          ...formats
            .filter((format) => !possible.includes(format))
            .map(({ name }) => `${kind} ${part} ${name}`),
        );
        if (possible.length === 0) continue;
        const ends = await writeEnds(subject, executor, place);
        for (const format of possible) {
          const path = await exported(subject, format, executor, place);
          written.push({ kind, part, format: format.name, path, ...ends });
        }
      }
      say(`${kind} is exported`);
    }
    const list = join(folder, 'list.json');
    await writeFile(list, JSON.stringify(written));
    const program = join(root, 'bench', 'claims', 'exports_read.py');
    const { stdout, stderr } = spawnSync(environment.python, [program, list], {
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    });
    const read = stdout
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map(readLine);
    if (read.length !== written.length)
      throw new Error(`Only ${read.length} of ${written.length} were read: ${stderr.slice(-2000)}`);
    say(table(read).join('\n  '));
    for (const line of refused) say(`refused: ${line}`);
    const worst = Math.max(...read.map(({ difference }) => difference));
    const bad = read.filter(({ difference }) => !(difference <= BAR));
    for (const { kind, part, format, said } of bad) say(`${kind} ${part} ${format}: ${said}`);
    return {
      figure: `${read.length - bad.length} of ${read.length} exports (${new Set(read.map(({ kind }) => kind)).size} drawings) within the bar, the farthest ${worst.toExponential(1)}; ${refused.length} refused by name`,
      holds: bad.length === 0,
    };
  },
};

/** Trains every drawing for an epoch. @returns the folders of the runs by drawing */
async function trained(
  { train, dataFolder, root, say }: ClaimContext,
  folder: string,
): Promise<[string, string][]> {
  const runs: [string, string][] = [];
  for (const file of await writeDrawings(root, join(folder, 'drawings'))) {
    const name = basename(file, '.hourglass');
    const table = name.startsWith('ecg') ? ['--data', join(dataFolder, 'ecg5000', 'ECG5000_TRAIN.txt')] : [];
    const { out } = await train(file, ['--epochs', '1', ...table]);
    runs.push([name, out]);
  }
  say(`${runs.length} drawings are trained`);
  return runs;
}

/** Writes random inputs and what the app itself gives out for them, in the scale of files. */
async function writeEnds(subject: ExportSubject, executor: Executor, place: string) {
  const { model, part, plan } = subject;
  const { batches, forApp } = checkInputs(subject, SAMPLES);
  const runner = await runModel(executor, model, { batch: SAMPLES });
  try {
    const made =
      part === 'encoder'
        ? await runner.encode(forApp)
        : inFileScale(
            part === 'decoder' && forApp instanceof Float32Array
              ? await runner.decode(forApp)
              : await runner.reconstruct(forApp),
            model.preprocessing,
          );
    const [inputs, outputs] = [join(place, 'inputs.npy'), join(place, 'outputs.npy')];
    const shape = part === 'encoder' ? plan.codeShape : plan.outputShape;
    await writeFile(inputs, npyBytes(joined(batches)));
    await writeFile(outputs, npyBytes({ dtype: 'float32', shape: [SAMPLES, ...shape], data: made }));
    return { inputs, outputs };
  } finally {
    await runner.dispose();
  }
}

function joined(batches: readonly Tensor[]): Tensor {
  const [first] = batches;
  if (!first) throw new Error('There are no inputs.');
  const values = batches.flatMap(({ data }) => [...data]);
  const data = first.dtype === 'uint8' ? Uint8Array.from(values) : Float32Array.from(values);
  return { dtype: first.dtype, shape: [SAMPLES, ...first.shape.slice(1)], data };
}

async function exported(
  { model, part, name }: ExportSubject,
  format: ExportFormat,
  executor: Executor,
  place: string,
): Promise<string> {
  const path = join(place, exportName(name, format, part));
  await exportModel({ model, format, part, name, path, executor });
  return path;
}

interface Read extends Written {
  /** As a share of max(1, largest output); infinite where it could not be read. */
  readonly difference: number;
  readonly said: string;
}

function readLine(line: string): Read {
  const { difference, ...read } = JSON.parse(line);
  return { ...read, difference: difference ?? Number.POSITIVE_INFINITY };
}

/** A row a drawing, a column a format: the farthest of its parts. */
function table(read: readonly Read[]): string[] {
  const kinds = [...new Set(read.map(({ kind }) => kind))];
  const cell = (kind: string, format: string) => {
    const own = read.filter((each) => each.kind === kind && each.format === format);
    return own.length === 0
      ? 'refused'
      : Math.max(...own.map(({ difference }) => difference)).toExponential(1);
  };
  return [
    `| drawing | ${READ_HERE.join(' | ')} |`,
    `| --- | ${READ_HERE.map(() => '---').join(' | ')} |`,
    ...kinds.map((kind) => `| ${kind} | ${READ_HERE.map((format) => cell(kind, format)).join(' | ')} |`),
  ];
}

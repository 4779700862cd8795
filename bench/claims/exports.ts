import { spawnSync } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openEngine } from '../../main/execute/engines';
import type { Executor } from '../../main/execute/executor';
import { exportFormats } from '../../main/export/catalogue';
import { exportModel } from '../../main/export/export-model';
import { exportName } from '../../main/export/export-name';
import type { ExportFormat, ExportSubject } from '../../main/export/format';
import { transformData } from '../../main/models/transform-data';
import { alsoInstalled, pythonEnvironment } from '../python-environment';
import type { Claim } from './claim';
import { exportCases, exportEnds, possibleFormats, writeEnds } from './export-cases';

const BAR = 1e-5;
const SAMPLES = 8;
/** Formats whose real reader is Python's; tfjs is read in Chromium. */
const READ_HERE = ['onnx', 'saved-model', 'keras', 'keras-code', 'pytorch'];
/** And the forms that codes of a data set are written in. */
const CODE_FORMS = ['npy', 'csv', 'parquet'];
const READERS = [...READ_HERE, ...CODE_FORMS];

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
  bar: `every export of the examples (on small built-in sets) and of what they lack, whole, encoder and decoder, read by onnxruntime and onnx.checker, TensorFlow, Keras and PyTorch, and codes by NumPy, pandas and pyarrow: at most ${BAR} × max(1, largest output) from the app’s own; what can’t be exported is refused, and nothing else`,
  data: 'ecg5000',
  async check(context) {
    const { root, say } = context;
    const python = await pythonWithReaders(root);
    const folder = join(root, 'dist', 'claims', 'exports');
    await rm(folder, { recursive: true, force: true });
    const formats = exportFormats.filter(({ name }) => READ_HERE.includes(name));
    const written: Written[] = [];
    const refused: string[] = [];
    const unexpected: string[] = [];
    const executor = await openEngine();
    for (const each of await exportCases(context, folder)) {
      const { kind, part, subject, place } = each;
      const found = possibleFormats(each, formats);
      refused.push(...found.refused);
      unexpected.push(...found.unexpected);
      if (found.possible.length === 0) continue;
      const ends = await exportEnds(subject, executor, SAMPLES);
      const paths = await writeEnds(ends, place);
      for (const format of found.possible) {
        const path = await exported(subject, format, executor, place);
        written.push({ kind, part, format: format.name, path, ...paths });
      }
      if (part !== 'encoder') continue;
      for (const form of CODE_FORMS) {
        const out = join(place, `codes.${form}`);
        const [, ...shape] = ends.inputs.shape;
        const data = { kind: 'npy', path: paths.inputs, shape } as const;
        const order = {
          executor,
          model: subject.model,
          what: 'encode',
          data,
          baseFolder: null,
          out,
        } as const;
        await transformData(order, {});
        written.push({ kind, part: 'codes', format: form, path: out, ...paths });
      }
    }
    say(`${written.length} exports are written`);
    const lines = await readByPython(root, python, written, folder);
    say(table(lines).join('\n  '));
    for (const line of refused) say(`refused: ${line}`);
    for (const line of unexpected) say(`NOT AS EXPECTED: ${line}`);
    const worst = Math.max(...lines.map(({ difference }) => difference));
    const bad = lines.filter(({ difference }) => !(difference <= BAR));
    for (const { kind, part, format, said } of bad) say(`${kind} ${part} ${format}: ${said}`);
    const drawings = new Set(lines.map(({ kind }) => kind)).size;
    return {
      figure: `${lines.length - bad.length} of ${lines.length} exports (${drawings} drawings) within the bar, the farthest ${worst.toExponential(1)}; ${refused.length} refused by name, ${unexpected.length} of all not as expected`,
      holds: bad.length === 0 && unexpected.length === 0 && drawings > 0,
    };
  },
};

/** @returns the interpreter @throws Error where a reader can't be had */
async function pythonWithReaders(root: string): Promise<string> {
  const environment = await pythonEnvironment(join(root, '.cache', 'bench', 'python'));
  if ('reason' in environment) throw new Error(environment.reason);
  const packages = { pandas: ['pandas'], pyarrow: ['pyarrow'] };
  const missing = await alsoInstalled(environment.python, packages);
  if (missing.length > 0) throw new Error(`Python has no ${missing.join(', ')}`);
  return environment.python;
}

async function readByPython(root: string, python: string, written: readonly Written[], folder: string) {
  const list = join(folder, 'list.json');
  await writeFile(list, JSON.stringify(written));
  const program = join(root, 'bench', 'claims', 'exports_read.py');
  const { stdout, stderr } = spawnSync(python, [program, list], { encoding: 'utf8', maxBuffer: 2 ** 26 });
  const lines = stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map(readLine);
  if (lines.length !== written.length)
    throw new Error(`Only ${lines.length} of ${written.length} were read: ${stderr.slice(-2000)}`);
  return lines;
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
    `| drawing | ${READERS.join(' | ')} |`,
    `| --- | ${READERS.map(() => '---').join(' | ')} |`,
    ...kinds.map((kind) => `| ${kind} | ${READERS.map((format) => cell(kind, format)).join(' | ')} |`),
  ];
}

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { cpus, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { benchSamples } from './bench-samples';
import type { Reading, Task } from './engines/measurement';
import { MeasuredProcess } from './measured-process';
import { pythonEnvironment } from './python-environment';

const ROUNDS = Number(
  process.argv.find((argument) => argument.startsWith('--rounds='))?.slice('--rounds='.length) ?? 5,
);
const COUNT = 8192;
const root = process.env.HOURGLASS_ROOT ?? process.cwd();
const here = import.meta.dirname;
const json = process.argv.includes('--json');
const only = process.argv.find((argument) => argument.startsWith('--model='))?.slice('--model='.length);

interface Contender {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

/** A contender's readings, round by round, beside the others' of the same round. */
interface Row {
  readonly name: string;
  readonly readings: Reading[];
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

async function contenders(): Promise<readonly Contender[]> {
  const node = (name: string, ...args: string[]): Contender['args'] => [join(here, `${name}.mjs`), ...args];
  const list: Contender[] = [
    {
      name: 'hourglass tensorflow',
      command: process.execPath,
      args: node('hourglass', 'tensorflow', 'streaming'),
    },
    {
      name: 'hourglass tensorflow, no streaming',
      command: process.execPath,
      args: node('hourglass', 'tensorflow', 'silent'),
    },
    { name: 'hourglass onnx', command: process.execPath, args: node('hourglass', 'onnx', 'streaming') },
    {
      name: 'hourglass onnx, no streaming',
      command: process.execPath,
      args: node('hourglass', 'onnx', 'silent'),
    },
    { name: 'LayersModel.fit', command: process.execPath, args: node('layers-model') },
  ];
  const python = await pythonEnvironment(join(root, '.cache/bench/python'));
  if ('reason' in python) {
    say(`Keras and PyTorch are left out: ${python.reason}.`);
    return list;
  }
  const script = (name: string) => [join(root, 'bench/engines', name)];
  if (python.has.has('keras'))
    list.push({ name: 'Keras', command: python.python, args: script('keras_fit.py') });
  else say('Keras is left out: it could not be installed.');
  if (python.has.has('torch'))
    list.push({ name: 'PyTorch', command: python.python, args: script('pytorch_loop.py') });
  else say('PyTorch is left out: it could not be installed.');
  return list;
}

async function measureModel(task: Task, list: readonly Contender[]): Promise<readonly Row[]> {
  const running: { row: Row; process: MeasuredProcess }[] = [];
  for (const { name, command, args } of list) {
    try {
      running.push({
        row: { name, readings: [] },
        process: await MeasuredProcess.start(command, args, task),
      });
    } catch (error) {
      say(`${name} is left out: ${error instanceof Error ? error.message : error}`);
    }
  }
  try {
    for (let round = 0; round < ROUNDS; round++) {
      // Every other round backwards, so that no contender always follows the same neighbour.
      for (const { row, process } of round % 2 === 0 ? running : [...running].reverse()) {
        const reading = await process.measure();
        row.readings.push(reading);
        say(
          `  ${task.model}, round ${round + 1}: ${row.name} ${Math.round(reading.samplesPerSecond)} samples/s`,
        );
      }
    }
  } finally {
    for (const { process } of running) process.end();
  }
  return running.map(({ row }) => row);
}

/** The median over the rounds of Hourglass' speed over this contender's in the same round. */
function ratio(hourglass: Row | undefined, other: Row): number | null {
  if (!hourglass) return null;
  return median(
    hourglass.readings.map(
      (reading, round) => reading.samplesPerSecond / (other.readings[round]?.samplesPerSecond ?? Number.NaN),
    ),
  );
}

const machine = `${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ${platform()} ${release()}, Node ${process.versions.node}`;
say(`Measuring on ${machine}. ${ROUNDS} rounds, in turn; medians.`);
const samplesFile = join(root, '.cache/bench/samples.u8');
mkdirSync(join(root, '.cache/bench'), { recursive: true });
const source = await benchSamples(join(root, '../shared/data/mnist'), COUNT);
writeFileSync(samplesFile, source.values);

const list = await contenders();
const lines: string[] = [];
for (const model of ['dense', 'conv'] as const) {
  if (only && only !== model) continue;
  const task: Task = { model, samplesFile, count: COUNT, batchSize: 128, epochs: model === 'dense' ? 6 : 2 };
  const rows = await measureModel(task, list);
  const tensorflow = rows.find(({ name }) => name === 'hourglass tensorflow');
  const onnx = rows.find(({ name }) => name === 'hourglass onnx');
  lines.push(
    `### ${model}`,
    '',
    '| engine | samples a second | Hourglass (tensorflow) over it | Hourglass (onnx) over it | peak memory |',
    '| --- | ---: | ---: | ---: | ---: |',
  );
  for (const row of rows) {
    const speed = Math.round(median(row.readings.map((reading) => reading.samplesPerSecond)));
    const memory = Math.round(Math.max(...row.readings.map((reading) => reading.peakMemoryMB)));
    const ratios = { tensorflow: ratio(tensorflow, row), onnx: ratio(onnx, row) };
    const shown = (value: number | null) => (value === null ? '–' : `${value.toFixed(2)}×`);
    lines.push(
      `| ${row.name} | ${speed.toLocaleString('en')} | ${shown(ratios.tensorflow)} | ${shown(ratios.onnx)} | ${memory} MiB |`,
    );
    if (json) {
      process.stdout.write(
        `${JSON.stringify({ model, engine: row.name, samplesPerSecond: speed, ratio: ratios.tensorflow, ratioOnnx: ratios.onnx, peakMemoryMB: memory })}\n`,
      );
    }
  }
  lines.push('');
}

const table = [
  `Machine: ${machine}.`,
  `Data: ${COUNT.toLocaleString('en')} samples of ${source.name}, batch 128, Adam. ${ROUNDS} rounds in turn, medians; a ratio is the median of the rounds' own ratios.`,
  '',
  ...lines,
].join('\n');
if (!json) process.stdout.write(`${table}\n`);
const page = join(root, 'docs/benchmarks.md');
if (existsSync(join(root, 'docs')) && !only) {
  writeFileSync(
    page,
    `# Benchmarks\n\nWritten by \`npm run bench\`. Absolute speeds are this machine's on that day; the ratios were taken side by side in one run.\n\n- *Dense*: 784-256-64-32-64-256-784, ReLU, sigmoid output, binary cross-entropy.\n- *Conv*: 28×28×1, convolutions of 32 and 64 filters (3×3, stride 2), code 32, mirrored, MSE.\n- “No streaming” is the same run without reconstructions sent to the window: the price of watching.\n\n${table}`,
  );
  say(`Written to docs/benchmarks.md.`);
}

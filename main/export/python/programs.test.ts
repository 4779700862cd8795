import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXPORT_PARTS } from '../../../shared/export/export-part';
import type { TrainedModel } from '../../models/trained-model';
import { readSafetensors } from '../../train/read-safetensors';
import { exportProblems, subjectOf } from '../export-model';
import { models } from '../fixtures/models';
import { pythonParses } from '../fixtures/python-check';
import type { ExportFormat } from '../format';
import { kerasProgram } from '../keras/keras-program';
import { pytorch } from '../pytorch/pytorch';

const formats = [kerasProgram, pytorch];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hourglass-programs-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let count = 0;
/** The folder that a format writes, and the program in it. */
async function programOf(format: ExportFormat, model: TrainedModel, part: (typeof EXPORT_PARTS)[number]) {
  const place = await mkdtemp(join(folder, `program-${count++}-`));
  await format.write(subjectOf({ model, part, name: 'small-one' }), place, {});
  return { place, program: await readFile(join(place, 'small_one.py'), 'utf8') };
}

describe.each(formats)('$title', (format) => {
  it.each(['dense', 'skips'])('reads as a person would write it: %s', async (name) => {
    const { program } = await programOf(format, models[name]!(), 'whole');
    await expect(program).toMatchFileSnapshot(`__snapshots__/${format.name}-${name}.py.txt`);
  });

  it('is Python, of every kind of model and every part', async () => {
    const programs: string[] = [];
    for (const make of Object.values(models)) {
      for (const part of EXPORT_PARTS) {
        const model = make();
        if (exportProblems(format, subjectOf({ model, part, name: 'small' })).length > 0) continue;
        programs.push((await programOf(format, model, part)).program);
      }
    }
    expect(programs.length).toBeGreaterThan(30);
    expect(pythonParses(programs)).not.toBe(false);
    expect(pythonParses(['def f(:'])).not.toBe(true);
  });

  it('makes no code of what a drawing says', async () => {
    const names = [
      '"""\nimport os',
      'x; import os',
      '\u2028os.remove()',
      'class',
      '形',
      '__init__',
      '\\',
      "'''",
      'Weights',
    ];
    const { document, ...rest } = models.dense!();
    for (const name of names) {
      const hostile = {
        ...rest,
        document: {
          ...document,
          name: `${name}\r\nimport os`,
          blocks: document.blocks.map((block) => ({ ...block, name })),
        },
        preprocessing: { ...rest.preprocessing, columns: [`${name}\nimport os`] },
      };
      const { program } = await programOf(format, hostile, 'whole');
      const code = program.split(/\r\n|[\n\r\u0085\u2028\u2029\f\v]/).map((line) => line.replace(/#.*$/, ''));
      expect(code.join('\n')).not.toMatch(/\bos\.|import os\b/);
      expect(code.filter((line) => /^\s*(?:import|from)\b/.test(line)).length).toBe(importsOf(format));
      expect(pythonParses([program])).not.toBe(false);
    }
  });

  it('knows its own folders, and no others', async () => {
    const { place } = await programOf(format, models.dense!(), 'encoder');
    expect(await format.isOwn?.(place)).toBe(true);
    await writeFile(join(place, 'thesis.txt'), 'mine');
    expect(await format.isOwn?.(place)).toBe(false);
    expect(await format.isOwn?.(folder)).toBe(false);
  });
});

/** Lines of a written program that import something. */
function importsOf({ name }: ExportFormat): number {
  return name === 'pytorch' ? 5 : 3;
}

it('gives PyTorch kernels with the window last, and the state that the module has', async () => {
  const model = models['convolutions and pools of odd sizes']!();
  const { place, program } = await programOf(pytorch, model, 'whole');
  const file = (await readdir(place)).find((name) => name.endsWith('.safetensors')) ?? '';
  const { tensors } = readSafetensors(await readFile(join(place, file)));
  expect(tensors.get('conv_1.weight')?.shape).toEqual([6, 2, 3, 3]);
  expect(tensors.get('conv_1_mirror.weight')?.shape).toEqual([6, 2, 3, 3]);
  const kernel = model.weights.get('conv-1/kernel');
  // [row, column, in, out] = [1, 2, 1, 4] → [out, in, row, column]
  const from = kernel?.data[((1 * 3 + 2) * 2 + 1) * 6 + 4];
  expect(tensors.get('conv_1.weight')?.data[((4 * 2 + 1) * 3 + 1) * 3 + 2]).toBe(from);
  for (const name of tensors.keys()) expect(program).toContain(`self.${name.split('.')[0]}`);
});

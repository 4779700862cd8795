import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ProblemError } from '../../shared/errors/problem';
import { EXPORT_PARTS } from '../../shared/export/export-part';
import type { Executor } from '../execute/executor';
import { enginesHere } from '../execute/fixtures/engines-here';
import { CheckedArchive } from '../models/checked-archive';
import { exportFormatOf, exportFormats } from './catalogue';
import { exportModel, exportProblems, subjectOf } from './export-model';
import { models } from './fixtures/models';

const engines = enginesHere('that exports give out what the app does');
const hasTensorFlow = engines.some(([name]) => name === 'tensorflow');
const formats = exportFormats.filter(({ check, name }) => check && (hasTensorFlow || name !== 'saved-model'));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hourglass-export-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let count = 0;
const place = () => join(folder, `export-${count++}`);

async function codesOf(work: Promise<unknown>): Promise<string[]> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof ProblemError) return error.problems.map(({ code }) => code);
  throw error ?? new Error('Nothing was thrown.');
}

describe.each(engines)('exports, compared with %s', (engine, create) => {
  let executor: Executor;
  beforeAll(async () => {
    executor = await create();
  });

  describe.each(formats)('as $title', (format) => {
    it.each(Object.entries(models))('%s', async (title, make) => {
      const model = make();
      // Parts are compared with one engine; wholes, which hold them, with each.
      for (const part of engine === 'onnx' ? EXPORT_PARTS : (['whole'] as const)) {
        const lacking = exportProblems(format, subjectOf({ model, part, name: 'small' }));
        if (lacking.length > 0) {
          expect(whatIsRefused(title, part, format.name), lacking[0]?.message).toBe(lacking[0]?.code);
          continue;
        }
        expect(whatIsRefused(title, part, format.name)).toBe(null);
        const path = place();
        const { stamp, bytes } = await exportModel({ model, format, part, name: 'small', path, executor });
        expect(stamp?.largestOutput).toBeGreaterThan(0);
        expect(stamp?.largestDifference, part).toBeLessThanOrEqual(
          1e-5 * Math.max(1, stamp?.largestOutput ?? 0),
        );
        expect(bytes).toBeGreaterThan(100);
      }
      expect((await readdir(folder)).filter((name) => name.includes('.part'))).toEqual([]);
    });
  });
});

/** What cannot be exported, and why: all that is not said here can. */
function whatIsRefused(title: string, part: string, format: string): string | null {
  if (part === 'decoder' && title === 'skips') return 'CODE_NOT_ENOUGH';
  if (title !== 'colours with their lightness kept') return null;
  if (part === 'decoder') return 'CODE_WITHOUT_LIGHTNESS';
  return format === 'tfjs' || format === 'keras' ? 'EXPORT_LACKS' : null;
}

describe('an export', () => {
  const model = models.dense!();
  let executor: Executor;
  beforeAll(async () => {
    executor = await engines[0]![1]();
  });
  const order = (name: string, path: string) =>
    ({ model, format: exportFormatOf(name), part: 'whole', name: 'small', path, executor }) as const;

  it('tells in itself how far it is from the app', async () => {
    const file = `${place()}.onnx`;
    const { stamp } = await exportModel(order('onnx', file));
    expect(String(await readFile(file))).toContain('hourglass.largestDifference');
    const keras = `${place()}.keras`;
    await exportModel(order('keras', keras));
    const archive = await CheckedArchive.open(keras);
    const metadata = String(Buffer.from(await archive.readWhole('metadata.json', 1e4)));
    await archive.close();
    expect(JSON.parse(metadata).hourglass).toMatchObject({ checkedBy: 'Hourglass’ own arithmetic' });
    const web = place();
    await exportModel(order('tfjs', web));
    const { userDefinedMetadata } = JSON.parse(await readFile(join(web, 'model.json'), 'utf8'));
    expect(userDefinedMetadata.hourglass).toMatchObject({ samples: 3, comparedWith: stamp?.comparedWith });
  });

  it('replaces nothing unless told, and then what is its own alone', async () => {
    const file = `${place()}.onnx`;
    await writeFile(file, 'mine');
    expect(await codesOf(exportModel(order('onnx', file)))).toEqual(['EXPORT_EXISTS']);
    expect(await readFile(file, 'utf8')).toBe('mine');
    await exportModel({ ...order('onnx', file), replace: true });
    expect((await readFile(file)).length).toBeGreaterThan(100);

    const foreign = await mkdtemp(join(folder, 'foreign-'));
    await writeFile(join(foreign, 'letter.txt'), 'mine');
    const again = { ...order('tfjs', foreign), replace: true };
    expect(await codesOf(exportModel(again))).toEqual(['EXPORT_NOT_OWN']);
    expect(await readdir(foreign)).toEqual(['letter.txt']);

    const web = place();
    await exportModel(order('tfjs', web));
    await exportModel({ ...order('tfjs', web), replace: true });
    expect(await readdir(web)).toContain('model.json');
  });

  it('leaves nothing where it gives out something else than the app', async () => {
    const path = `${place()}.onnx`;
    const honest = exportFormatOf('onnx');
    const changed = new Map(model.weights);
    const [name, first] = [...model.weights][0]!;
    changed.set(name, { ...first, data: Float32Array.from(first.data, (value) => value + 0.01) });
    const format = {
      ...honest,
      write: (subject: Parameters<typeof honest.write>[0], to: string) =>
        honest.write({ ...subject, model: { ...model, weights: changed } }, to, {}),
    };
    expect(await codesOf(exportModel({ ...order('onnx', path), format }))).toEqual(['EXPORT_DIFFERS']);
    expect(
      (await readdir(folder)).filter((found) => path.endsWith(found) || found.includes('.part')),
    ).toEqual([]);
  });

  it('leaves nothing where it is called off', async () => {
    const path = place();
    const stop = new AbortController();
    const work = exportModel({ ...order('tfjs', path), signal: stop.signal, onStage: () => stop.abort() });
    await expect(work).rejects.toThrow('cancelled');
    expect(
      (await readdir(folder)).filter((found) => path.endsWith(found) || found.includes('.part')),
    ).toEqual([]);
  });

  it('says what a format does not know', () => {
    expect(() => exportFormatOf('pickle')).toThrow('There is no export format “pickle”');
  });
});

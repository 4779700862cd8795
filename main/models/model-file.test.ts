import { createHash } from 'node:crypto';
import { readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../shared/errors/problem';
import { temporaryFolder } from '../data/test-files';
import type { Tensor } from '../execute/executor';
import { readSafetensors } from '../train/read-safetensors';
import { safetensorsBytes } from '../train/safetensors';
import { CheckedArchive } from './checked-archive';
import { modelToSave, smallDrawing } from './fixtures/model-to-save';
import { rawZip } from './fixtures/raw-zip';
import { type ModelFileLimits, readModelDrawing, readModelFile } from './model-file-reader';
import { writeModelFile } from './model-file-writer';
import { ENTRIES } from './model-manifest';
import { isModelFile, modelStamp } from './model-stamp';

const folder = await temporaryFolder();
const at = (name: string) => `${folder}/${name}.hourglass`;
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** The entries of a model file. */
async function entriesOf(path: string): Promise<Map<string, Uint8Array>> {
  const archive = await CheckedArchive.open(path);
  const entries = new Map<string, Uint8Array>();
  for (const name of archive.names) entries.set(name, await archive.readWhole(name, 1e8));
  await archive.close();
  return entries;
}

let forged = 0;
/** Writes a model file with other entries than it was saved with; its manifest says so, unless told otherwise. */
async function forge(
  change: (
    entries: Map<string, Uint8Array>,
    manifest: { entries: Record<string, unknown> } & Record<string, unknown>,
  ) => void,
  honest = true,
): Promise<string> {
  await writeModelFile(at('to-forge'), modelToSave());
  const entries = await entriesOf(at('to-forge'));
  const manifest = JSON.parse(Buffer.from(entries.get(ENTRIES.manifest)!).toString());
  entries.delete(ENTRIES.manifest);
  change(entries, manifest);
  if (honest) {
    for (const [name, bytes] of entries) {
      if (name in manifest.entries) manifest.entries[name] = { bytes: bytes.length, sha256: sha256(bytes) };
    }
  }
  if (!entries.has(ENTRIES.manifest)) entries.set(ENTRIES.manifest, Buffer.from(JSON.stringify(manifest)));
  forged += 1;
  const path = at(`forged-${forged}`);
  await writeFile(path, rawZip([...entries].map(([name, bytes]) => ({ name, bytes }))));
  return path;
}

async function refusal(path: string, limits: Partial<ModelFileLimits> = {}): Promise<ProblemError> {
  const before = sha256(await readFile(path));
  const error = await readModelFile(path, limits).catch((thrown: unknown) => thrown);
  if (!(error instanceof ProblemError)) throw new Error(`Expected a Problem, got ${error}`);
  expect(sha256(await readFile(path))).toBe(before);
  return error;
}

/** Changes tensors of an entry. */
function retensored(bytes: Uint8Array, change: (tensors: Map<string, Tensor>) => void): Uint8Array {
  const { tensors, metadata } = readSafetensors(bytes);
  const changed = new Map(tensors);
  change(changed);
  return safetensorsBytes(changed, metadata);
}

describe('a model file', () => {
  it('gives back all that was saved, and is told by its content', async () => {
    const model = { ...modelToSave(), thumbnail: Uint8Array.of(1, 2, 3) };
    const stamp = await writeModelFile(at('saved'), model);
    const { manifest, ...read } = await readModelFile(at('saved'));
    const { manifest: saved, ...expected } = model;
    expect(read).toEqual(expected);
    expect(manifest).toMatchObject({ ...saved, format: 'hourglass-model', version: 1 });
    expect(await modelStamp(at('saved'))).toBe(stamp);
    expect(await isModelFile(at('saved'))).toBe(true);
    await writeFile(at('text'), '{"format": "hourglass"}');
    expect(await isModelFile(at('text'))).toBe(false);
    await writeFile(at('empty'), '');
    expect(await isModelFile(at('empty'))).toBe(false);
  });

  it('of every version so far is read', async () => {
    const files = (await readdir(`${import.meta.dirname}/fixtures`)).filter((name) =>
      /^model-\d+\.hourglass$/.test(name),
    );
    expect(files).toEqual(['model-1.hourglass']);
    for (const file of files) {
      const { manifest, thumbnail, ...read } = await readModelFile(`${import.meta.dirname}/fixtures/${file}`);
      const { manifest: _, thumbnail: __, ...expected } = modelToSave();
      expect(manifest.version).toBe(Number(/\d+/.exec(file)?.[0]));
      expect(thumbnail).toHaveLength(4);
      expect(read).toEqual(expected);
    }
  });

  it('holds each weight once, and of the state what differs', async () => {
    const model = modelToSave();
    await writeModelFile(at('once'), model);
    const entries = await entriesOf(at('once'));
    const kept = readSafetensors(entries.get(ENTRIES.state)!).tensors;
    expect([...kept.keys()].some((name) => model.weights.has(name))).toBe(false);
    const other = new Map(model.state!.state);
    const name = [...model.weights.keys()][0]!;
    const bias = other.get(name)!;
    other.set(name, { ...bias, data: bias.data.map((value: number) => value + 1) } as Tensor);
    const state = { ...model.state!, bestState: other, progress: { ...model.state!.progress, bestEpoch: 1 } };
    await writeModelFile(at('best'), { ...model, state });
    expect((await readModelFile(at('best'))).state).toEqual(state);
    await writeModelFile(at('stateless'), { ...model, state: null });
    expect((await readModelFile(at('stateless'))).state).toBeNull();
  });

  it('takes the place of what was there at once, through a link too, and leaves nothing else behind', async () => {
    const place = await temporaryFolder();
    await writeFile(`${place}/real.hourglass`, 'before');
    await symlink(`${place}/real.hourglass`, `${place}/link.hourglass`);
    const forsaken = `${place}/.hourglass-saving-00000000-1-aa`;
    await writeFile(forsaken, 'of another machine, just now');
    await writeModelFile(`${place}/link.hourglass`, modelToSave());
    expect((await readModelFile(`${place}/real.hourglass`)).document).toEqual(smallDrawing());
    expect((await readdir(place)).sort()).toEqual([
      forsaken.slice(place.length + 1),
      'link.hourglass',
      'real.hourglass',
    ]);
  });

  it('that can’t be written leaves what was there, and says why', async () => {
    const place = await temporaryFolder();
    await writeFile(`${place}/m.hourglass`, 'before');
    const failing = {
      ...modelToSave(),
      get history(): never {
        throw Object.assign(new Error('no room'), { code: 'ENOSPC' });
      },
    };
    await expect(writeModelFile(`${place}/m.hourglass`, failing)).rejects.toThrow(/no room on the disk/);
    expect(await readFile(`${place}/m.hourglass`, 'utf8')).toBe('before');
    expect(await readdir(place)).toEqual(['m.hourglass']);
    await expect(writeModelFile(`${place}/none/m.hourglass`, modelToSave())).rejects.toThrow(/there is none/);
  });
});

type Forging = Parameters<typeof forge>[0];
const json = (value: unknown) => Buffer.from(JSON.stringify(value));
const editWeights =
  (change: (tensors: Map<string, Tensor>) => void): Forging =>
  (entries) =>
    entries.set(ENTRIES.weights, retensored(entries.get(ENTRIES.weights)!, change));
const editState =
  (change: (tensors: Map<string, Tensor>) => void): Forging =>
  (entries) =>
    entries.set(ENTRIES.state, retensored(entries.get(ENTRIES.state)!, change));
const first = (tensors: Map<string, Tensor>) => [...tensors][0]!;

const matrix: [string, Forging, RegExp][] = [
  ['no manifest', (entries) => entries.set(ENTRIES.manifest, json([])), /not that of a model/],
  [
    'a manifest of another kind',
    (_, manifest) => {
      manifest.format = 'other';
    },
    /not that of a model/,
  ],
  [
    'a manifest of a later version',
    (_, manifest) => {
      manifest.version = 2;
    },
    /of version 2/,
  ],
  [
    'a manifest with an entry more',
    (_, manifest) => {
      manifest.more = 1;
    },
    /says what none does/,
  ],
  ['a manifest that is no JSON', (entries) => entries.set(ENTRIES.manifest, Buffer.from('{')), /manifest/],
  ['a manifest that is no text', (entries) => entries.set(ENTRIES.manifest, Uint8Array.of(0xff)), /manifest/],
  [
    'a manifest nested a thousand deep',
    (entries) => entries.set(ENTRIES.manifest, Buffer.from('['.repeat(1000))),
    /manifest/,
  ],
  [
    'a manifest that reaches into objects',
    (entries) => entries.set(ENTRIES.manifest, Buffer.from('{"__proto__": {"x": 1}}')),
    /manifest/,
  ],
  ['no drawing', (entries) => entries.delete(ENTRIES.document), /“document.hourglass” is missing/],
  ['no weights', (entries) => entries.delete(ENTRIES.weights), /“weights.safetensors” is missing/],
  [
    'weights it does not list',
    (_, manifest) => {
      delete manifest.entries[ENTRIES.weights];
    },
    /does not list “weights/,
  ],
  [
    'a listed entry that is missing',
    (_, manifest) => {
      manifest.entries.more = { bytes: 1, sha256: '0'.repeat(64) };
    },
    /“more” is missing/,
  ],
  ['a drawing that is none', (entries) => entries.set(ENTRIES.document, json({ format: 'hourglass' })), /./],
  [
    'a drawing with mistakes',
    (entries) => entries.set(ENTRIES.document, json({ ...smallDrawing(), wires: [] })),
    /./,
  ],
  ['a tensor less', editWeights((tensors) => tensors.delete(first(tensors)[0])), /lacks “/],
  [
    'a tensor more',
    editWeights((tensors) => tensors.set('more', first(tensors)[1])),
    /“more”, for which the drawing has no place/,
  ],
  [
    'a tensor of another shape',
    editWeights((tensors) => {
      const [name, { data }] = first(tensors);
      tensors.set(name, { dtype: 'float32', shape: [data.length], data });
    }),
    /where the drawing needs/,
  ],
  [
    'a tensor of another type',
    editWeights((tensors) => {
      const [name, { shape, data }] = first(tensors);
      tensors.set(name, { dtype: 'int32', shape, data: new Int32Array(data.length) });
    }),
    /of type int32/,
  ],
  [
    'a weight that is no number',
    editWeights((tensors) => {
      first(tensors)[1].data[1] = Number.NaN;
    }),
    /infinite or not a number/,
  ],
  [
    'a weight without end',
    editWeights((tensors) => {
      first(tensors)[1].data[0] = Number.NEGATIVE_INFINITY;
    }),
    /infinite or not a number/,
  ],
  [
    'weights of another drawing',
    (entries) => entries.set(ENTRIES.document, json(smallDrawing(4))),
    /where the drawing needs/,
  ],
  ['state that lacks a tensor', editState((tensors) => tensors.delete(first(tensors)[0])), /its state lacks/],
  ['state with a tensor more', editState((tensors) => tensors.set('more', first(tensors)[1])), /“more”/],
  [
    'state that is not finite',
    editState((tensors) => {
      first(tensors)[1].data[0] = Number.POSITIVE_INFINITY;
    }),
    /not finite/,
  ],
  [
    'state without its progress',
    (entries) => {
      const { tensors } = readSafetensors(entries.get(ENTRIES.state)!);
      entries.set(ENTRIES.state, safetensorsBytes(tensors, { state: '1', best: 'false' }));
    },
    /says what no run does/,
  ],
  [
    'scaling of other values',
    (entries) =>
      entries.set(
        ENTRIES.preprocessing,
        json({
          dtype: 'float32',
          scaling: { kind: 'standardise', offset: [1, 2], factor: [1, 2] },
          columns: null,
        }),
      ),
    /scaling/,
  ],
  ['a history that is none', (entries) => entries.set(ENTRIES.history, json({ epochs: 3 })), /history/],
  [
    'a result that is none',
    (entries) => entries.set(ENTRIES.metrics, json({ ending: { kind: 'paused', step: 1 }, pca: null })),
    /metrics/,
  ],
];

describe('a model file with', () => {
  it.each(matrix)('%s is refused', async (_, change, why) => {
    const error = await refusal(await forge(change));
    expect(error.problems[0].message).toMatch(why);
  });

  it('anything changed behind the back of its manifest is refused', async () => {
    const names = Object.values(ENTRIES).filter(
      (name) => name !== 'manifest.json' && name !== 'reconstructions.png',
    );
    for (const name of names) {
      const flip: Forging = (entries) => {
        const bytes = Uint8Array.from(entries.get(name)!);
        const last = bytes.length - 1;
        bytes[last] = bytes[last]! ^ 1;
        entries.set(name, bytes);
      };
      const path = await forge(flip, false);
      const { code, message } = (await refusal(path)).problems[0];
      expect(code).toBe('MODEL_FILE_DAMAGED');
      expect(message).toContain(name);
      // The drawing can be had still, unless it is what was changed.
      const drawing = await readModelDrawing(path).catch(() => null);
      expect(drawing).toEqual(name === ENTRIES.document ? null : smallDrawing());
    }
  });

  it('names that no entry of its manifest has is read, as long as they lead nowhere', async () => {
    const path = await forge((entries) => entries.set('__MACOSX/..ok.txt', Uint8Array.of(1)));
    expect((await readModelFile(path)).document).toEqual(smallDrawing());
    await refusal(await forge((entries) => entries.set('../out', Uint8Array.of(1))));
  });

  it('more than its bounds is refused', async () => {
    const path = await forge(() => {});
    const bounds: Partial<ModelFileLimits>[] = [
      { manifestBytes: 10 },
      { textBytes: 10 },
      { archive: { bytes: 10 } },
      { archive: { entries: 2 } },
    ];
    for (const bound of bounds) {
      expect((await refusal(path, bound)).problems[0].code).toBe('ARCHIVE_TOO_LARGE');
    }
  });

  it('any of its bytes gone at the end is refused', async () => {
    const bytes = await readFile(await forge(() => {}));
    for (let length = 0; length < bytes.length; length += 97) {
      await writeFile(at('cut'), bytes.subarray(0, length));
      await refusal(at('cut'));
    }
  });
});

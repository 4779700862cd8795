import { createHash } from 'node:crypto';
import { z } from 'zod';
import { parseDocument, parseJson } from '../../shared/document/document-text';
import type { GraphDocument } from '../../shared/document/graph-document';
import { refuseHostile } from '../../shared/document/untrusted-json';
import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
import type { Plan } from '../../shared/plan/plan';
import { sameShape, valueCount } from '../../shared/tensors/shape';
import { weightState } from '../compile/weight-state';
import type { StateSpec } from '../ops/program';
import { readSafetensorsStream, type SafetensorsContent } from '../train/read-safetensors';
import type { TensorPlace } from '../train/safetensors-header';
import { type ArchiveLimits, CheckedArchive } from './checked-archive';
import { type ModelFile, modelHistorySchema, modelMetricsSchema } from './model-file';
import {
  ENTRIES,
  MODEL_FILE_VERSION,
  type ModelManifest,
  manifestHeadSchema,
  manifestSchema,
} from './model-manifest';
import { planOfModel } from './model-plan';
import { stateFrom, trainingState } from './model-state';
import { readPreprocessing } from './preprocessing-texts';
import type { Preprocessing } from './trained-model';
import { assertWeights } from './weight-problems';

/** Bounds of a model file; tests take smaller ones. */
export interface ModelFileLimits {
  readonly archive: Partial<ArchiveLimits>;
  readonly manifestBytes: number;
  /** Of the drawing, the history and each other text. */
  readonly textBytes: number;
  readonly pictureBytes: number;
}

const MODEL_FILE_LIMITS: ModelFileLimits = {
  archive: {},
  manifestBytes: 1024 * 1024,
  textBytes: 64 * 1024 * 1024,
  pictureBytes: 16 * 1024 * 1024,
};

/**
 * Reads a model file, and believes nothing before it was checked: the archive, the size and hash of every entry, the drawing, and
 * that weights and state are those the drawing's plan has, tensor by tensor, all of them finite.
 *
 * @throws ProblemError with what is wrong; nothing of the file is used then
 */
export async function readModelFile(path: string, limits: Partial<ModelFileLimits> = {}): Promise<ModelFile> {
  const archive = await CheckedArchive.open(path, limits.archive);
  try {
    return await new Reader(path, archive, { ...MODEL_FILE_LIMITS, ...limits }).read();
  } finally {
    await archive.close();
  }
}

/**
 * Reads the drawing of a model file alone, checked as ever, whatever is wrong with its weights.
 *
 * @throws ProblemError where the archive, its list of entries or the drawing is damaged
 */
export async function readModelDrawing(path: string): Promise<GraphDocument> {
  const archive = await CheckedArchive.open(path);
  try {
    return await new Reader(path, archive, MODEL_FILE_LIMITS).drawing();
  } finally {
    await archive.close();
  }
}

/** Whether a model file says that it has a picture of samples; false also where it can't be read, as whoever reads it will say. */
export async function modelHasPicture(path: string): Promise<boolean> {
  try {
    const archive = await CheckedArchive.open(path);
    try {
      return archive.has(ENTRIES.thumbnail);
    } finally {
      await archive.close();
    }
  } catch {
    return false;
  }
}

class Reader {
  #entries: ModelManifest['entries'] = {};

  constructor(
    private readonly path: string,
    private readonly archive: CheckedArchive,
    private readonly limits: ModelFileLimits,
  ) {}

  async read(): Promise<ModelFile> {
    const { entries, ...manifest } = await this.#manifest();
    this.#entries = entries;
    const document = await this.#document();
    const plan = planOfModel({ document });
    const preprocessing = await this.#preprocessing(plan);
    const history = await this.#json(ENTRIES.history, modelHistorySchema);
    const metrics = await this.#json(ENTRIES.metrics, modelMetricsSchema);
    const { tensors: weights } = await this.#tensors(ENTRIES.weights, weightState(plan), true);
    assertWeights(plan, weights);
    const state = this.#isListed(ENTRIES.state) ? await this.#state(plan, document, weights) : null;
    const thumbnail = this.#isListed(ENTRIES.thumbnail)
      ? await this.#whole(ENTRIES.thumbnail, this.limits.pictureBytes)
      : null;
    return { document, weights, preprocessing, manifest, state, history, metrics, thumbnail };
  }

  async drawing(): Promise<GraphDocument> {
    this.#entries = (await this.#manifest()).entries;
    return this.#document();
  }

  async #manifest(): Promise<ModelManifest> {
    const { manifest: name } = ENTRIES;
    if (!this.archive.has(name)) throw this.#damaged(`it holds no “${name}”`);
    const value = this.#parsed(name, await this.archive.readWhole(name, this.limits.manifestBytes));
    const head = manifestHeadSchema.loose().safeParse(value);
    if (!head.success) throw this.#damaged(`its “${name}” is not that of a model`);
    const { version } = head.data;
    if (version > MODEL_FILE_VERSION) {
      const values = { path: this.path, version, known: MODEL_FILE_VERSION };
      throw new ProblemError(problem('MODEL_FILE_NEWER', values));
    }
    const read = manifestSchema.safeParse(value);
    if (!read.success) throw this.#damaged(`its “${name}” says what none does (${placeOf(read.error)})`);
    for (const [entry, { bytes }] of Object.entries(read.data.entries)) {
      if (!this.archive.has(entry)) throw this.#damaged(`its “${entry}” is missing`);
      const got = this.archive.sizeOf(entry);
      if (got !== bytes) throw this.#damaged(`its “${entry}” has ${got} bytes instead of ${bytes}`);
    }
    return read.data;
  }

  #isListed(name: string): boolean {
    return Object.hasOwn(this.#entries, name);
  }

  async #document(): Promise<GraphDocument> {
    const { document: name } = ENTRIES;
    return parseDocument(this.#text(name, await this.#whole(name, this.limits.textBytes)));
  }

  async #preprocessing(plan: Plan): Promise<Preprocessing> {
    const { preprocessing: name } = ENTRIES;
    const said = await this.#json(name, preprocessingSchema);
    try {
      const texts = {
        dtype: said.dtype,
        ...(said.scaling !== null && { scaling: JSON.stringify(said.scaling) }),
        ...(said.columns !== null && { columns: JSON.stringify(said.columns) }),
      };
      const { scaling, columns } = readPreprocessing(texts, valueCount(plan.outputShape));
      return { dtype: said.dtype, scaling, columns: columns ?? null };
    } catch (error) {
      throw this.#damaged(`of its “${name}”, ${sentenceOf(error)}`);
    }
  }

  async #state(
    plan: Plan,
    document: GraphDocument,
    weights: ModelFile['weights'],
  ): Promise<ModelFile['state']> {
    const needed = trainingState(plan, document.training.optimizer);
    const content = await this.#tensors(ENTRIES.state, [...needed, ...needed.map(asBest)], false);
    try {
      return stateFrom(content, weights, needed);
    } catch (error) {
      throw this.#damaged(sentenceOf(error));
    }
  }

  /**
   * @param known the tensors there may be; memory is taken for no others
   * @param all whether each of them must be there
   */
  async #tensors(name: string, known: readonly StateSpec[], all: boolean): Promise<SafetensorsContent> {
    const shapes = new Map(known.map((spec) => [spec.name, spec.shape]));
    const expected = (places: readonly TensorPlace[]) => {
      for (const { name: tensor, shape } of places) {
        const wanted = shapes.get(tensor);
        if (!wanted) throw new Error(`it has “${tensor}”, for which the drawing has no place`);
        if (!sameShape(shape, wanted)) {
          throw new Error(`it has “${tensor}” as [${shape}], where the drawing needs [${wanted}]`);
        }
      }
      const missing = all
        ? known.find((spec) => !places.some((place) => place.name === spec.name))
        : undefined;
      if (missing) throw new Error(`it lacks “${missing.name}”, which the drawing needs`);
    };
    const pieces = this.#checked(name);
    try {
      return await readSafetensorsStream(pieces, this.archive.sizeOf(name), expected);
    } catch (error) {
      if (error instanceof ProblemError) throw error;
      throw this.#damaged(`of its “${name}”, ${sentenceOf(error)}`);
    }
  }

  async #json<T>(name: string, schema: z.ZodType<T>): Promise<T> {
    const value = this.#parsed(name, await this.#whole(name, this.limits.textBytes));
    const read = schema.safeParse(value);
    if (read.success) return read.data;
    throw this.#damaged(`its “${name}” says what none does (${placeOf(read.error)})`);
  }

  #parsed(name: string, bytes: Uint8Array): unknown {
    try {
      const value = parseJson(this.#text(name, bytes));
      refuseHostile(value);
      return value;
    } catch (error) {
      throw this.#damaged(`of its “${name}”, ${sentenceOf(error)}`);
    }
  }

  #text(name: string, bytes: Uint8Array): string {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      throw this.#damaged(`its “${name}” is no text`);
    }
  }

  async #whole(name: string, most: number): Promise<Uint8Array> {
    if (!this.#isListed(name)) throw this.#damaged(`it does not list “${name}”`);
    const bytes = await this.archive.readWhole(name, most);
    this.#compare(name, createHash('sha256').update(bytes).digest('hex'));
    return bytes;
  }

  /** An entry's pieces; behind the last, where its hash is another than listed, comes the Problem. */
  async *#checked(name: string): AsyncGenerator<Uint8Array> {
    if (!this.#isListed(name)) throw this.#damaged(`it does not list “${name}”`);
    const hash = createHash('sha256');
    for await (const piece of this.archive.read(name)) {
      hash.update(piece);
      yield piece;
    }
    this.#compare(name, hash.digest('hex'));
  }

  #compare(name: string, sha256: string): void {
    if (this.#entries[name]?.sha256 !== sha256) throw this.#damaged(`its “${name}” is not what was saved`);
  }

  #damaged(why: string): ProblemError {
    return new ProblemError(problem('MODEL_FILE_DAMAGED', { path: this.path, why }));
  }
}

const preprocessingSchema = z.strictObject({
  dtype: z.enum(['uint8', 'float32']),
  scaling: z.unknown().refine((value) => value !== undefined),
  columns: z.unknown().refine((value) => value !== undefined),
});

function asBest({ name, shape }: StateSpec): StateSpec {
  return { name: `@best/${name}`, shape };
}

function placeOf(error: z.ZodError): string {
  return error.issues[0]?.path.map(String).join('.').slice(0, 120) || 'all of it';
}

/** What was said, as a part of a sentence. */
function sentenceOf(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  return said.replace(/\.$/, '').slice(0, 300);
}

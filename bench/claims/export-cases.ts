import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Executor, Tensor } from '../../main/execute/executor';
import { checkInputs } from '../../main/export/check-inputs';
import { exportProblems, subjectOf } from '../../main/export/export-model';
import { inFileScale } from '../../main/export/file-scale';
import type { ExportFormat, ExportSubject } from '../../main/export/format';
import { runModel } from '../../main/models/model-runner';
import { openModel } from '../../main/models/open-model';
import { EXPORT_PARTS, type ExportPart } from '../../shared/export/export-part';
import type { ClaimContext } from './claim';
import { writeDrawings } from './export-drawings';
import { npyBytes } from './npy-bytes';

/** Drawings of which the decoder needs more than codes, so that it is exported in no format, with the reason. */
const NEEDS_MORE: Readonly<Record<string, string>> = {
  'cifar-colour': 'CODE_NOT_ENOUGH',
  'cifar-colour-lab': 'CODE_WITHOUT_LIGHTNESS',
  'cifar-watermark': 'CODE_NOT_ENOUGH',
  'colour-grey-scenes': 'CODE_NOT_ENOUGH',
  'inpaint-scenes': 'CODE_NOT_ENOUGH',
  'remove-watermark': 'CODE_NOT_ENOUGH',
  'kinds-tied-and-skipped': 'CODE_NOT_ENOUGH',
};
/** Formats that are layers alone, none of which has the arithmetic of L*a*b*, and the drawings that are made of it. */
const WITHOUT_LAB: ReadonlySet<string> = new Set(['tfjs', 'keras']);
const LAB: ReadonlySet<string> = new Set(['cifar-colour-lab']);

/** A trained drawing, or half of one, that is to be exported. */
export interface ExportCase {
  /** The drawing. */
  readonly kind: string;
  readonly part: ExportPart;
  readonly subject: ExportSubject;
  /** A folder of its own. */
  readonly place: string;
}

/** Trains every drawing for an epoch. @returns what is to be exported: whole, encoder and decoder of each */
export async function exportCases(
  { train, dataFolder, root, say }: ClaimContext,
  folder: string,
): Promise<readonly ExportCase[]> {
  const cases: ExportCase[] = [];
  for (const file of await writeDrawings(root, join(folder, 'drawings'))) {
    const kind = basename(file, '.hourglass');
    const table = kind.startsWith('ecg') ? ['--data', join(dataFolder, 'ecg5000', 'ECG5000_TRAIN.txt')] : [];
    const { out } = await train(file, ['--epochs', '1', ...table]);
    const model = await openModel(out);
    for (const part of EXPORT_PARTS) {
      const place = join(folder, kind, part);
      await mkdir(place, { recursive: true });
      cases.push({ kind, part, subject: subjectOf({ model, part, name: kind }), place });
    }
  }
  say(`${cases.length / EXPORT_PARTS.length} drawings are trained`);
  return cases;
}

/** Which formats can hold a case, and what is wrong with those that refuse it, or that should have refused it and did not. */
export function possibleFormats(
  { kind, part, subject }: ExportCase,
  formats: readonly ExportFormat[],
): {
  readonly possible: readonly ExportFormat[];
  readonly refused: readonly string[];
  readonly unexpected: readonly string[];
} {
  const possible: ExportFormat[] = [];
  const refused: string[] = [];
  const unexpected: string[] = [];
  for (const format of formats) {
    const [found] = exportProblems(format, subject);
    const expected = expectedRefusal(kind, part, format.name);
    if (!found) possible.push(format);
    else refused.push(`${kind} ${part} ${format.name}: ${found.code}`);
    if ((found?.code ?? null) !== expected)
      unexpected.push(
        `${kind} ${part} ${format.name}: ${found?.code ?? 'taken'}, expected ${expected ?? 'to be taken'}`,
      );
  }
  return { possible, refused, unexpected };
}

function expectedRefusal(kind: string, part: ExportPart, format: string): string | null {
  if (part === 'decoder') return NEEDS_MORE[kind] ?? null;
  return LAB.has(kind) && WITHOUT_LAB.has(format) ? 'EXPORT_LACKS' : null;
}

/** Random samples, or codes, and what the app itself gives out for them, in the scale of files. */
export interface ExportEnds {
  readonly inputs: Tensor;
  readonly outputs: Tensor;
}

export async function exportEnds(
  subject: ExportSubject,
  executor: Executor,
  samples: number,
): Promise<ExportEnds> {
  const { model, part, plan } = subject;
  const { batches, forApp } = checkInputs(subject, samples);
  const runner = await runModel(executor, model, { batch: samples });
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
    const shape = part === 'encoder' ? plan.codeShape : plan.outputShape;
    return {
      inputs: joined(batches, samples),
      outputs: { dtype: 'float32', shape: [samples, ...shape], data: made },
    };
  } finally {
    await runner.dispose();
  }
}

/** The same as files for Python. @returns their paths */
export async function writeEnds(
  { inputs, outputs }: ExportEnds,
  place: string,
): Promise<{ readonly inputs: string; readonly outputs: string }> {
  const paths = { inputs: join(place, 'inputs.npy'), outputs: join(place, 'outputs.npy') };
  await writeFile(paths.inputs, npyBytes(inputs));
  await writeFile(paths.outputs, npyBytes(outputs));
  return paths;
}

function joined(batches: readonly Tensor[], samples: number): Tensor {
  const [first] = batches;
  if (!first) throw new Error('There are no inputs.');
  const values = batches.flatMap(({ data }) => [...data]);
  const data = first.dtype === 'uint8' ? Uint8Array.from(values) : Float32Array.from(values);
  return { dtype: first.dtype, shape: [samples, ...first.shape.slice(1)], data };
}

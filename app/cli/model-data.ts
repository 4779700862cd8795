import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { builtinSets } from '../../main/data/builtin/builtin-sets';
import { referenceFor } from '../../main/data/open-dataset';
import type { DataReference } from '../../shared/document/data-reference';
import type { GraphDocument } from '../../shared/document/graph-document';
import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
import type { CliIo } from './cli-io';
import { labelColumn } from './data-options';

export interface ModelDataArguments {
  /** A path, or the name of a built-in set; the model's own data unless given. */
  readonly data?: string;
  readonly label?: string;
  readonly skipBroken?: boolean;
}

/** Data to be given to a model, and where a relative path of theirs starts. */
export interface ModelData {
  readonly reference: DataReference;
  readonly baseFolder: string;
  /** Whether they are what the model was trained on. */
  readonly own: boolean;
}

/**
 * The data that the command line names.
 *
 * @param model where the model lies: its own data's path starts at its folder, or at the folder of its file
 * @throws ProblemError where nothing lies there that the app reads, or an option does not fit it @throws Cancelled
 */
export async function modelData(
  document: GraphDocument,
  model: string,
  { data, label, skipBroken }: ModelDataArguments,
  io: CliIo,
  signal: AbortSignal,
): Promise<ModelData> {
  const place = data === undefined ? null : resolve(io.workingFolder, data);
  const isThere = place !== null && (await stat(place).catch(() => null)) !== null;
  const builtin = isThere ? undefined : builtinSets.find(({ name }) => name === data);
  const found: DataReference | null = builtin
    ? { kind: 'builtin', name: builtin.name, count: builtin.defaultCount, shape: builtin.shape }
    : place === null
      ? null
      : await referenceFor(place, { signal });
  const reference = withOptions(found ?? document.data, { label, skipBroken });
  const baseFolder = found ? io.workingFolder : await folderOf(model);
  return { reference, baseFolder, own: found === null };
}

async function folderOf(model: string): Promise<string> {
  return (await stat(model)).isDirectory() ? model : dirname(model);
}

function withOptions(
  reference: DataReference,
  { label, skipBroken }: Pick<ModelDataArguments, 'label' | 'skipBroken'>,
): DataReference {
  const { kind } = reference;
  const wrong = label !== undefined && kind !== 'table' ? '--label' : null;
  const option = skipBroken && kind !== 'pictures' ? '--skip-broken' : wrong;
  if (option) throw new ProblemError(problem('DATA_OPTION', { option, kind }));
  if (reference.kind === 'table' && label !== undefined) return { ...reference, label: labelColumn(label) };
  return reference.kind === 'pictures' && skipBroken ? { ...reference, skipBroken } : reference;
}

import { join } from 'node:path';
import type { TrainingRun } from '../../main/train/training-run';
import { layerFileName } from '../../shared/plan/layer-file-names';

/**
 * Writes what layers of a run that has ended give out for its validation samples and its test set, as far as it has them, into
 * its folder, named after what people call the layer: `code-validation.npy`, `dense-1-twin-test.npy`, a row a sample.
 *
 * @returns the names of the files
 * @throws ProblemError where the run has no such layer, and where a file can't be written
 */
export async function writeLayerFiles(
  run: TrainingRun,
  folder: string,
  layerIds: readonly string[],
): Promise<string[]> {
  const groups = run.layers.describe().groups.filter(({ group }) => group !== 'train');
  const names: string[] = [];
  for (const id of layerIds) {
    for (const { group } of groups) {
      const name = `${layerFileName(run.document, id)}-${group}.npy`;
      await run.layers.export(
        run.weightsNow(),
        id,
        { kind: 'group', group },
        join(folder, name),
        async () => true,
      );
      names.push(name);
    }
  }
  return names;
}

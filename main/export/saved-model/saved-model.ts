import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { problem } from '../../../shared/errors/catalogue';
import { EXPORT_PARTS } from '../../../shared/export/export-part';
import { findTensorFlow } from '../../execute/engine-presence';
import type { ExportFormat } from '../format';
import { stampJson } from '../stamp-json';
import { tooLarge } from '../too-large';
import { writeFlushed } from '../write-flushed';
import { SAVED_MODEL_FILE, savedModelBytes } from './saved-model-bytes';

/** Where TensorFlow lets others put what it does not read. */
const STAMP_FOLDER = 'assets.extra';

/** TensorFlow's own folder: one graph, its weights constants, with the signature `serving_default`. */
export const savedModel: ExportFormat = {
  name: 'saved-model',
  title: 'TensorFlow SavedModel',
  about:
    'A folder that tf.saved_model.load, TensorFlow Serving, TensorFlow Lite’s converter and tfjs-node open; it runs, but is not trained on.',
  extension: null,
  parts: EXPORT_PARTS,
  problems: (subject) => tooLarge(subject, 'A SavedModel’s graph'),
  notes: () => ['Its weights are constants of the graph: it can be run and served, not trained on.'],
  async write(subject, folder) {
    await writeFlushed(join(folder, SAVED_MODEL_FILE), [savedModelBytes(subject)]);
    // Without a folder of variables some readers take a SavedModel for a damaged one.
    await mkdir(join(folder, 'variables'));
  },
  isOwn: (folder) =>
    stat(join(folder, SAVED_MODEL_FILE)).then(
      (found) => found.isFile(),
      () => false,
    ),
  check: {
    samples: 8,
    async problem() {
      const presence = await findTensorFlow();
      if ('present' in presence) return null;
      const { reason, cure } = presence;
      return problem('ENGINE_ABSENT', { engine: 'TensorFlow', reason, cure });
    },
    async run(folder, { part }, batches, { signal }) {
      const { rerunSavedModel } = await import('./rerun-saved-model');
      return rerunSavedModel(folder, part, batches, signal);
    },
    async stamp(folder, stamp) {
      const place = join(folder, STAMP_FOLDER);
      await mkdir(place);
      await writeFlushed(join(place, 'hourglass.json'), [stampJson(stamp)]);
    },
  },
};

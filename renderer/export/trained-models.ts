import type { TrainedModelChoice } from '../../shared/ipc/model-schemas';
import { presentModel } from '../models/opened-model-store';
import { isOver } from '../run/run-record';
import { useRun } from '../run/run-store';
import { nameOfRun } from '../runs/run-name';
import { useRuns } from '../runs/runs-store';
import { currentDocument } from '../state/document-store';
import { t } from '../strings/strings';

/** A trained model that can be taken elsewhere. */
export interface ModelAtHand {
  /** Names it among the others. */
  readonly key: string;
  readonly choice: TrainedModelChoice;
  readonly name: string;
  readonly label: string;
}

export function keyOf(choice: TrainedModelChoice): string {
  return Object.entries(choice).flat().join(' ');
}

/** All trained models at hand: of the drawing that is open, and the kept runs that took a step, newest first. */
export function trainedModels(): { readonly own: ModelAtHand[]; readonly kept: ModelAtHand[] } {
  const runs = (useRuns.getState().listed?.runs ?? []).filter(({ steps }) => steps > 0);
  return {
    own: [openedModel(), pausedRun()].flatMap((model) => model ?? []),
    kept: runs.map((run) => {
      const when = new Date(run.ended).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
      const name = nameOfRun(run) || run.id;
      return made({ run: run.id }, name, `${name} · ${when}`);
    }),
  };
}

/** The one that is meant unless said: what was opened, where nothing was trained since; else the run that ended last. */
export function usualModel(): ModelAtHand | null {
  const { own, kept } = trainedModels();
  const { view } = useRun.getState();
  const isTrainedSince = view !== null && view.runId !== presentModel()?.runId && isOver(view.phase);
  const [first, second] = isTrainedSince ? [kept[0], own[0]] : [own[0], kept[0]];
  return first ?? second ?? null;
}

function openedModel(): ModelAtHand | null {
  const model = presentModel();
  if (!model) return null;
  const { name } = currentDocument();
  return made({ opened: model.about.modelId }, name, t('exports.opened', { name }));
}

/** One that goes on is kept when it ends, and its weights change. */
function pausedRun(): ModelAtHand | null {
  const { view, document } = useRun.getState();
  if (view?.phase !== 'paused') return null;
  const name = document?.name ?? currentDocument().name;
  return made(
    { held: view.runId },
    name,
    t('exports.paused', { name, step: view.step.toLocaleString('en') }),
  );
}

function made(choice: TrainedModelChoice, name: string, label: string): ModelAtHand {
  return { key: keyOf(choice), choice, name, label };
}

import { ProblemError } from '../../shared/errors/problem';
import type { TrainedModelChoice } from '../../shared/ipc/model-schemas';
import { mayWrite, startingFolder } from '../files/file-actions';
import { askForFile, askToChoose } from '../files/file-dialogs';
import { fileName, nameOf } from '../files/paths';
import { presentModel } from '../models/opened-model-store';
import { isOver } from '../run/run-record';
import { useRun } from '../run/run-store';
import { messageOf, tell } from '../state/messages';
import { call } from '../state/session-store';
import { t } from '../strings/strings';
import { type ModelAtHand, usualModel } from './trained-models';

/** What the menu's report is of: what stands in the panel of the run, where that has ended; else the run that ended last. */
export function reportable(): Pick<ModelAtHand, 'choice' | 'name'> | null {
  const usual = usualModel();
  const { view } = useRun.getState();
  const isShown = view !== null && view.runId !== '' && view.step > 0 && isOver(view.phase);
  if (!usual || !('opened' in usual.choice)) return usual && 'run' in usual.choice ? usual : null;
  return isShown && view.runId === presentModel()?.runId ? usual : null;
}

/** Asks what goes along and where it is to lie, and writes all that is known of a model as one page. */
export async function writeReport(choice: TrainedModelChoice, name: string): Promise<void> {
  const wanted = await askToChoose({
    title: t('exports.report.title', { name }),
    text: t('exports.report.text'),
    choices: [
      { value: 'cancel', label: t('exports.cancel') },
      { value: 'pictures', label: t('exports.report.withPictures') },
      { value: 'plain', label: t('exports.report.plain'), kind: 'main' },
    ],
  });
  if (wanted !== 'pictures' && wanted !== 'plain') return;
  const answer = await askForFile({
    title: t('exports.report.dialog'),
    purpose: 'save',
    endings: ['.html'],
    folder: startingFolder(),
    name: `${fileName(name) || 'report'}.html`,
  });
  if (!answer || !(await mayWrite(answer))) return;
  try {
    const order = {
      model: heldOf(choice),
      path: answer.path,
      pictures: wanted === 'pictures',
      replace: true,
    };
    const { path } = await call('exports.report', order);
    tell({
      severity: 'info',
      message: t('exports.report.written', { file: nameOf(path) }),
      hint: t('exports.report.hint'),
    });
  } catch (error) {
    tell(refusalOf(error));
  }
}

/** What an opened model comes to is known by the run that stands for it. */
function heldOf(choice: TrainedModelChoice): TrainedModelChoice {
  const model = presentModel();
  const isShown = 'opened' in choice && model?.about.modelId === choice.opened && model.runId !== null;
  return isShown && model.runId !== null ? { held: model.runId } : choice;
}

/** An opened model has a report only once it was measured on its data. */
function refusalOf(error: unknown) {
  const code = error instanceof ProblemError ? error.problems[0].code : '';
  if (code !== 'RUN_UNKNOWN' && code !== 'RUN_NOT_MEASURED') return messageOf(error);
  return {
    severity: 'error' as const,
    message: t('exports.report.notShown'),
    hint: t('exports.report.notShownHint'),
  };
}

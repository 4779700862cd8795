import panel from '../app/panel.module.css';
import { OpenedModelNote } from '../models/opened-model';
import { StartChoice } from '../weights/start-choice';
import { ChartColumn } from './chart-column';
import { DrawingChanged } from './drawing-changed';
import { MeasuresTable } from './measures-table';
import { MemoryRefusal } from './memory-refusal';
import { Reconstructions } from './reconstructions';
import { RunButtons } from './run-buttons';
import { RunFailure } from './run-failure';
import { RunFigures } from './run-figures';
import styles from './run-panel.module.css';
import { RunProgress } from './run-progress';
import { isOver } from './run-record';
import { useRun } from './run-store';
import { Unsaved } from './unsaved';

/** Training at a glance: the controls and figures, the loss chart, and reconstructions under their originals. */
export function RunPanel() {
  const view = useRun((state) => state.view);
  return (
    <div className={styles.panel}>
      <div className={panel.side}>
        <RunButtons view={view} />
        {(view === null || isOver(view.phase)) && <StartChoice />}
        <MemoryRefusal />
        <RunProgress view={view} />
        <OpenedModelNote />
        <DrawingChanged view={view} />
        <Unsaved view={view} />
        {view?.failure && <RunFailure view={view} />}
        <RunFigures view={view} />
        <MeasuresTable view={view} />
      </div>
      <ChartColumn view={view} />
      <Reconstructions view={view} />
    </div>
  );
}

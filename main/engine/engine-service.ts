import { Handlers } from '../../shared/ipc/handlers';
import { bestEngine, openEngine, reportEngines } from '../execute/engines';
import { machineMemory } from '../train/memory-need';
import { addDataHandlers } from './data-handlers';
import { DatasetShelf } from './dataset-shelf';
import { addEncodeHandlers } from './encode-handlers';
import { addExportHandlers } from './export-handlers';
import type { FaultReport } from './fault-report';
import { RunHandlers } from './run-handlers';

export interface EngineService {
  /** Every call and stream of the contract that goes to the engine. */
  readonly handlers: Handlers;
  /** Loads what the first run needs. */
  warm(): Promise<void>;
  /** Stops the run going on and frees what is native. */
  dispose(): Promise<void>;
}

/** The engine, whatever process it is in and whatever carries its frames. */
export function createEngineService(
  report: FaultReport,
  engines = { openEngine, bestEngine },
  machine = machineMemory,
): EngineService {
  const shelf = new DatasetShelf();
  const runs = new RunHandlers({ shelf, report, machine, ...engines });
  const handlers = new Handlers().onCall('engine.describe', async () => {
    const found = await reportEngines();
    // Asked when TensorFlow has just come: it is loaded before it is needed.
    void runs.warm();
    return found;
  });
  addEncodeHandlers(handlers, runs.modelAt, engines);
  addDataHandlers(handlers, shelf, () => runs.engine());
  addExportHandlers(handlers, { modelAt: runs.modelAt, engine: () => runs.engine() });
  runs.addTo(handlers);
  return { handlers, warm: () => runs.warm(), dispose: () => runs.dispose() };
}

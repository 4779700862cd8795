import type { EngineReport } from '../../shared/ipc/contract';
import type { Settings } from '../../shared/settings/settings';

type EngineName = EngineReport['active']['name'];

interface Kept {
  readonly settings: Settings;
}

/** What a run is asked for with: the engine of the settings, unless the asker names one or the fastest is wanted. */
export function chosenEngine<P extends { engine?: EngineName | undefined }>(
  params: P,
  { settings }: Kept,
): P {
  if (params.engine !== undefined || settings.engine === 'automatic') return params;
  return { ...params, engine: settings.engine };
}

/** The engines there are, with the one of the settings as the one that new runs use; where it is absent, a run says so. */
export function describeChosen(report: EngineReport, { settings }: Kept): EngineReport {
  const active = report.available.find(({ name }) => name === settings.engine);
  return active ? { ...report, active } : report;
}

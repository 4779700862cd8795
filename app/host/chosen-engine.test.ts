import { describe, expect, it } from 'vitest';
import type { EngineReport } from '../../shared/ipc/contract';
import { DEFAULT_SETTINGS, type Settings } from '../../shared/settings/settings';
import { chosenEngine, describeChosen } from './chosen-engine';

const kept = (engine: Settings['engine']) => ({ settings: { ...DEFAULT_SETTINGS, engine } });
const engine = (name: 'tensorflow' | 'onnx') => ({ name, version: '1', device: 'cpu' as const, threads: 2 });
const report: EngineReport = {
  active: engine('tensorflow'),
  available: [engine('tensorflow'), engine('onnx')],
  missing: [],
  node: '20',
  cores: 2,
};

describe('the engine that was chosen', () => {
  it('is asked for where the asker names none', () => {
    expect(chosenEngine({}, kept('onnx'))).toEqual({ engine: 'onnx' });
    expect(chosenEngine({ engine: 'tensorflow' }, kept('onnx'))).toEqual({ engine: 'tensorflow' });
    expect(chosenEngine({}, kept('automatic'))).toEqual({});
  });

  it('is told as the one that runs use, where it is here', () => {
    expect(describeChosen(report, kept('onnx')).active.name).toBe('onnx');
    expect(describeChosen(report, kept('automatic')).active.name).toBe('tensorflow');
    const without = { ...report, available: [engine('tensorflow')] };
    expect(describeChosen(without, kept('onnx')).active.name).toBe('tensorflow');
  });
});

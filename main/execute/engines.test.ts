import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { engineReport } from '../../shared/ipc/engine-schemas';
import { findOnnx, findTensorFlow } from './engine-presence';
import { openEngine, reportEngines } from './engines';
import { isTensorFlowPresent } from './tensorflow/is-present';

describe('engines', () => {
  it('reports what is here as the contract says, the faster one active', async () => {
    const report = engineReport.parse(await reportEngines());
    const names = report.available.map(({ name }) => name);
    expect(report.active).toEqual(report.available[0]);
    expect(names).toContain('onnx');
    expect(names.includes('tensorflow')).toBe(isTensorFlowPresent());
    expect([...names, ...report.missing.map(({ name }) => name)].sort()).toEqual(['onnx', 'tensorflow']);
  });

  it('opens the engine that is asked for', async () => {
    expect((await openEngine('onnx')).describe()).toMatchObject({ name: 'onnx', device: 'cpu' });
  });

  it('opens the best one present, which says of itself what the report says', async () => {
    const { active } = await reportEngines();
    expect((await openEngine()).describe()).toEqual(active);
  });

  it('says that ONNX Runtime has no binary for an Intel Mac, and what to use', () => {
    expect(findOnnx('darwin', 'x64')).toEqual({
      name: 'onnx',
      reason: 'onnxruntime-node carries no binary for darwin-x64',
      cure: expect.stringContaining('TensorFlow'),
    });
    expect(findOnnx('darwin', 'arm64')).toHaveProperty('present.name', 'onnx');
  });

  it('tells an absent TensorFlow from one that does not load', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hourglass-engines-'));
    try {
      expect(await findTensorFlow(join(folder, 'absent.node'))).toMatchObject({
        name: 'tensorflow',
        reason: 'its native library has not been fetched',
        cure: expect.stringContaining('Python 3'),
      });
      const broken = join(folder, 'broken.node');
      writeFileSync(broken, 'no library');
      expect(await findTensorFlow(broken)).toMatchObject({
        reason: expect.stringMatching(/^Error: .*broken/),
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../../shared/document/document-text';
import { planDocument } from '../../../shared/plan/plan-document';
import { compile } from '../../compile/compile';
import { writeModel } from './onnx-model';
import { packState } from './state-packs';

const repository = join(import.meta.dirname, '../../..');
const environment = join(repository, '.cache/onnx-check');
const python = checkerPython();
if (!python) console.warn('No Python with the package onnx: the ONNX files are not checked by it here.');

const CHECK = `
import sys, onnx
for path in sys.argv[1:]:
    onnx.checker.check_model(path, full_check=True)
print(len(sys.argv) - 1)
`;

/** A Python that has PyPI's onnx, fetched once into an environment of its own; null where that can't be had. */
function checkerPython(): string | null {
  const folder = process.platform === 'win32' ? 'Scripts' : 'bin';
  const found = join(environment, folder, 'python');
  const run = (command: string, ...args: string[]) =>
    execFileSync(command, args, { stdio: 'ignore', timeout: 100_000 });
  try {
    if (!existsSync(found)) {
      run('python3', '-m', 'venv', environment);
      run(found, '-m', 'pip', 'install', '--quiet', '--retries', '0', '--timeout', '10', 'onnx');
    }
    run(found, '-c', 'import onnx');
    return found;
  } catch {
    rmSync(environment, { recursive: true, force: true });
    return null;
  }
}

describe.skipIf(!python)('the ONNX checker', () => {
  it('accepts every program of every example', () => {
    const examples = join(repository, 'examples');
    const folder = mkdtempSync(join(tmpdir(), 'hourglass-onnx-'));
    try {
      const files: string[] = [];
      for (const name of readdirSync(examples).filter((file) => file.endsWith('.hourglass'))) {
        const document = parseDocument(readFileSync(join(examples, name), 'utf8'));
        const { plan } = planDocument(document);
        if (!plan) throw new Error(`${name} has no plan`);
        const set = compile(plan, {
          sample: { dtype: 'uint8' },
          dataCount: 140,
          batchSize: 67,
          remainder: 6,
          evaluationBatch: 5,
          reconstructBatch: 4,
          parts: 2,
          partsApart: true,
          optimizer: document.training.optimizer,
        });
        const packs = packState(set);
        for (const program of set.programs) {
          const file = join(folder, `${name}-${program.name}.onnx`);
          writeFileSync(file, writeModel(program, packs).bytes);
          files.push(file);
          for (const [part, each] of (program.parts ?? []).entries()) {
            const own = `${file}-${part}.onnx`;
            writeFileSync(own, writeModel(each, packs, true).bytes);
            files.push(own);
          }
        }
      }
      expect(files.filter((file) => file.endsWith('step.onnx-1.onnx')).length).toBeGreaterThan(0);
      const checked = execFileSync(python ?? '', ['-c', CHECK, ...files], { encoding: 'utf8' });
      expect(Number(checked)).toBe(files.length);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

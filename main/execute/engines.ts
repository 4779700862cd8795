import { availableParallelism } from 'node:os';
import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
import type { EngineReport } from '../../shared/ipc/contract';
import { type AbsentEngine, findOnnx, findTensorFlow } from './engine-presence';
import type { EngineName, Executor } from './executor';

/** The faster first. */
const ENGINES: readonly EngineName[] = ['tensorflow', 'onnx'];
const TITLES: Readonly<Record<EngineName, string>> = { tensorflow: 'TensorFlow', onnx: 'ONNX' };

/**
 * Which engines are here, which one new runs use (TensorFlow where present, being faster), and how to get the
 * missing one. Nothing native is loaded into this process; TensorFlow is tried in a process of its own, which
 * takes about half a second.
 *
 * @throws ProblemError where there is no engine at all.
 */
export async function reportEngines(): Promise<EngineReport> {
  const presences = await Promise.all(ENGINES.map(find));
  const available = presences.flatMap((presence) => ('present' in presence ? [presence.present] : []));
  const missing = presences.flatMap((presence) => ('present' in presence ? [] : [presence]));
  const [active] = available;
  if (!active) throw absence(missing);
  return { active, available, missing, node: process.versions.node, cores: availableParallelism() };
}

/**
 * Opens the engine asked for, or the best one present. The runtime is loaded into this process.
 * @throws ProblemError where the engine asked for (or every engine) is absent.
 */
export async function openEngine(preference?: EngineName): Promise<Executor> {
  return open(preference ? await firstPresent([preference]) : await bestEngine());
}

/**
 * The engine a run that is started now should use. Quick: TensorFlow is tried once, when it is first there.
 * @throws ProblemError where there is no engine at all.
 */
export function bestEngine(): Promise<EngineName> {
  return firstPresent(ENGINES);
}

async function firstPresent(names: readonly EngineName[]): Promise<EngineName> {
  const missing: AbsentEngine[] = [];
  for (const name of names) {
    const presence = await find(name);
    if ('present' in presence) return name;
    missing.push(presence);
  }
  throw absence(missing);
}

async function find(name: EngineName) {
  return name === 'tensorflow' ? findTensorFlow() : findOnnx();
}

/** Imported only here, so that asking about engines loads neither. */
async function open(name: EngineName): Promise<Executor> {
  if (name === 'tensorflow') {
    const { createTensorFlowExecutor } = await import('./tensorflow/tensorflow-executor');
    return createTensorFlowExecutor();
  }
  const { createOnnxExecutor } = await import('./onnx/onnx-executor');
  return createOnnxExecutor();
}

function absence(missing: readonly AbsentEngine[]): ProblemError {
  const [first, ...others] = missing.map(({ name, reason, cure }) =>
    problem('ENGINE_ABSENT', { engine: TITLES[name], reason, cure }),
  );
  if (!first) throw new Error('No engine was looked for');
  return new ProblemError(first, ...others);
}

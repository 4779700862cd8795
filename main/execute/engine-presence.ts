import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { EngineDescription, EngineName } from './executor';
import { checkBinding } from './tensorflow/native/check-binding';
import { nativePaths } from './tensorflow/native/native-paths';
import { threadCount } from './thread-count';

const require = createRequire(import.meta.url);

/** An engine that is not here, why, and how to get it. */
export interface AbsentEngine {
  readonly name: EngineName;
  readonly reason: string;
  readonly cure: string;
}
export type EnginePresence = { readonly present: EngineDescription } | AbsentEngine;

const TENSORFLOW_CURE =
  'The window and “npm start -- doctor --get” fetch it. That takes either a connection to storage.googleapis.com or, on Linux ' +
  'x64, Python 3 with pip and a C++ compiler.';

/** The version of each binding that was found to load: it is tried once a process. */
const loadable = new Map<string, string>();

/**
 * Whether TensorFlow is here and loads: tried in a process of its own (about half a second, once).
 * @param bindingPath where its native binding lies.
 */
export async function findTensorFlow(bindingPath = installedBinding()): Promise<EnginePresence> {
  const absent = (reason: string): AbsentEngine => ({ name: 'tensorflow', reason, cure: TENSORFLOW_CURE });
  if (bindingPath === null) return absent('the npm package @tensorflow/tfjs-node is not installed');
  let version = loadable.get(bindingPath);
  if (version === undefined) {
    const check = await checkBinding(bindingPath);
    if (!check.loads) return absent(check.reason);
    version = check.version;
    loadable.set(bindingPath, version);
  }
  return { present: { name: 'tensorflow', version, device: 'cpu', threads: threadCount() } };
}

function installedBinding(): string | null {
  try {
    return nativePaths().binding;
  } catch {
    return null;
  }
}

/** Whether ONNX Runtime carries a binary for this kind of machine; one folder a platform in its npm package. */
export function findOnnx(platform: string = process.platform, arch: string = process.arch): EnginePresence {
  const cure = 'Use a platform that ONNX Runtime supports: Windows, Linux, or macOS on Apple silicon.';
  let manifest: string;
  try {
    manifest = require.resolve('onnxruntime-node/package.json');
  } catch {
    const reason = 'the npm package onnxruntime-node is not installed';
    return { name: 'onnx', reason, cure: 'Run “npm install” again.' };
  }
  const binary = join(dirname(manifest), 'bin', 'napi-v6', platform, arch, 'onnxruntime_binding.node');
  if (!existsSync(binary)) {
    return {
      name: 'onnx',
      reason: `onnxruntime-node carries no binary for ${platform}-${arch}`,
      cure: platform === 'darwin' ? 'On an Intel Mac, train with TensorFlow.' : cure,
    };
  }
  const { version }: { version: string } = JSON.parse(readFileSync(manifest, 'utf8'));
  return { present: { name: 'onnx', version, device: 'cpu', threads: threadCount() } };
}

import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CheckedArchive } from '../../main/models/checked-archive';
import { rawZip } from '../../main/models/fixtures/raw-zip';
import { ENTRIES } from '../../main/models/model-manifest';
import type { FuzzedReader } from './reader';
import { zip } from './zip';

/** Model files one entry of which was tampered with, with a manifest that says so: nothing stops at a checksum. */
export const modelEntries: FuzzedReader = {
  ...zip,
  name: 'model-entries',
  async tamper(seed, change, below) {
    const entries = await entriesOf(seed);
    const names = [...entries.keys()];
    const name = names[below(names.length)]!;
    entries.set(name, change(entries.get(name)!));
    if (name !== ENTRIES.manifest) entries.set(ENTRIES.manifest, honest(entries));
    return rawZip([...entries].map(([entry, bytes]) => ({ name: entry, bytes, packed: below(2) === 0 })));
  },
};

function honest(entries: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const manifest = JSON.parse(Buffer.from(entries.get(ENTRIES.manifest)!).toString());
  for (const [name, bytes] of entries) {
    if (!(name in manifest.entries)) continue;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    manifest.entries[name] = { bytes: bytes.length, sha256 };
  }
  return Buffer.from(JSON.stringify(manifest));
}

const known = new WeakMap<Uint8Array, ReadonlyMap<string, Uint8Array>>();

async function entriesOf(seed: Uint8Array): Promise<Map<string, Uint8Array>> {
  const found = known.get(seed) ?? (await unpacked(seed));
  known.set(seed, found);
  return new Map(found);
}

async function unpacked(bytes: Uint8Array): Promise<ReadonlyMap<string, Uint8Array>> {
  const folder = await mkdtemp(join(tmpdir(), 'hourglass-seed-'));
  try {
    await writeFile(join(folder, 'seed.zip'), bytes);
    const archive = await CheckedArchive.open(join(folder, 'seed.zip'));
    const entries = new Map<string, Uint8Array>();
    for (const name of archive.names) entries.set(name, await archive.readWhole(name, 1e8));
    await archive.close();
    return entries;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { moveIn } from './acquire';
import { bindingIn, pathsFor } from './native/native-paths';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'hourglass-home-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

it('puts the runtime in place where there never was one, as for a fresh installed app, and over an old one', async () => {
  const paths = pathsFor(join(home, 'tensorflow', 'tfjs-node'));
  for (const round of ['first', 'second']) {
    const binding = bindingIn(paths.workFolder);
    mkdirSync(join(paths.workFolder, 'deps', 'lib'), { recursive: true });
    mkdirSync(dirname(binding), { recursive: true });
    writeFileSync(join(paths.workFolder, 'deps', 'lib', round), '');
    writeFileSync(binding, round);
    await moveIn(paths);
    expect(existsSync(paths.binding)).toBe(true);
    expect(existsSync(join(paths.depsFolder, 'lib', round))).toBe(true);
  }
  expect(existsSync(join(paths.depsFolder, 'lib', 'first'))).toBe(false);
});

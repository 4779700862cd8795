// Other machines have other registries: the lock file and .npmrc must name none.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './terminal.mjs';

const lines = ['package-lock.json', '.npmrc'].flatMap((file) =>
  readFileSync(join(root, file), 'utf8')
    .split('\n')
    .map((text, index) => ({ file, line: index + 1, text })),
);
const addresses = lines.filter(({ text }) => /"resolved":\s*"http|^\s*registry\s*=/.test(text));
for (const { file, line, text } of addresses) console.error(`${file}:${line}: ${text.trim()}`);
process.exit(addresses.length > 0 ? 1 : 0);

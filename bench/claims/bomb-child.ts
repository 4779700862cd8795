import { openDataset, referenceFor } from '../../main/data/open-dataset';
import { readForeign } from '../../main/import/read-foreign';
import { readModelFile } from '../../main/models/model-file-reader';
import { ProblemError } from '../../shared/errors/problem';

// Opens a hostile file as the app does, in a process of its own: `node bomb-child.mjs FILE`. Prints what was said of it, how long that
// took, and by how much memory grew at most.

const [path = ''] = process.argv.slice(2);
const before = process.memoryUsage().rss;
const since = performance.now();
let told: { code: string; message: string } = { code: 'none', message: 'It was read.' };
try {
  if (path.endsWith('.hourglass')) await readModelFile(path);
  else if (path.endsWith('.keras')) await readForeign(path);
  else await openDataset(await referenceFor(path), null);
} catch (error) {
  const [found] = error instanceof ProblemError ? error.problems : [];
  told = found ?? { code: 'crash', message: String(error) };
}
const seconds = (performance.now() - since) / 1000;
const grown = Math.max(0, process.resourceUsage().maxRSS * 1024 - before);
process.stdout.write(`${JSON.stringify({ code: told.code, message: told.message, seconds, grown })}\n`);
process.exit();

import { run } from './cli';
import { processIo } from './cli-io';

process.exitCode = await run(process.argv.slice(2), processIo());
// A native runtime must not keep a finished command alive.
setTimeout(() => process.exit(), 3000).unref();

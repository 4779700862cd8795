import { writeSync } from 'node:fs';
import { writeModelFile } from '../../main/models/model-file-writer';
import { numberedModel } from './numbered-model';

// Saves numbered models into one file, one after the other, until it is killed; says each number once it is saved.

const [file = '', start = '1'] = process.argv.slice(2);
for (let number = Number(start); ; number++) {
  await writeModelFile(file, numberedModel(number));
  // At once, so that what was said was said also where the process ends in the next moment.
  writeSync(1, `${number}\n`);
}

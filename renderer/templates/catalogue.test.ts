import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../shared/document/document-text';
import { tasks } from '../../shared/tasks/catalogue';
import { templates } from './catalogue';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

describe('the templates', () => {
  it.each(templates)('$name: its drawing, its picture and its words fit', ({ file, name, task }) => {
    const document = parseDocument(readFileSync(at(`../../examples/${file}.hourglass`), 'utf8'));
    expect([document.name, document.task.kind]).toEqual([name, task]);
    expect(document.data.kind).toBe('builtin');
    const picture = readFileSync(at(`previews/${file}.png`));
    expect([picture.readUInt32BE(16), picture.readUInt32BE(20)], 'width and height').toEqual([480, 240]);
  });

  it('are one a task', () => {
    expect(templates.map(({ task }) => task)).toEqual(tasks.map(({ kind }) => kind));
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Problem, ProblemError } from '../errors/problem';
import { stacks } from '../plan/random-stacks';
import { documentFrom, documentHash, documentText, parseDocument } from './document-text';
import { emptyDocument, newBlock, newDocument } from './new-document';
import { validateDocument } from './validate';

/** The Problems reading this text ends with. */
function problemsOf(text: string): readonly Problem[] {
  try {
    parseDocument(text);
  } catch (error) {
    if (error instanceof ProblemError) return error.problems;
    throw error;
  }
  throw new Error('it was read');
}

const text = documentText(newDocument());
/** The default drawing with one passage of its text exchanged. */
function changed(passage: string, other: string): string {
  expect(text).toContain(passage);
  return text.replace(passage, other);
}

const examples = fileURLToPath(new URL('../../examples/', import.meta.url));
const names = readdirSync(examples).filter((name) => name.endsWith('.hourglass'));

describe('the examples', () => {
  it('are there', () => expect(names.length).toBeGreaterThanOrEqual(4));
  it.each(names)('%s is canonical and can be trained', (name) => {
    const example = readFileSync(examples + name, 'utf8');
    const doc = parseDocument(example);
    expect(documentText(doc)).toBe(example);
    expect(validateDocument(doc)).toEqual([]);
  });
});

describe('canonical text', () => {
  it('is the same after reading and writing, for any drawing', () => {
    fc.assert(
      fc.property(stacks, fc.string({ maxLength: 200 }), (stack, name) => {
        const doc = { ...stack, name, layout: { output: { x: 1.5, y: -2 }, code: { x: 0, y: 3 } } };
        const written = documentText(doc);
        const read = parseDocument(written);
        expect(documentText(read)).toBe(written);
        expect(read.name).toBe(name);
        expect(validateDocument(read)).toEqual(validateDocument(doc));
      }),
      { numRuns: 60 },
    );
  });

  it('does not depend on the order of a file', () => {
    const doc = newDocument();
    const shuffled = {
      ...doc,
      blocks: doc.blocks
        .map(({ params, type, id }) => ({
          params: Object.fromEntries(Object.entries(params).reverse()),
          type,
          id,
        }))
        .reverse(),
      wires: [...doc.wires].reverse(),
    };
    expect(documentText(documentFrom(shuffled))).toBe(text);
  });

  it('orders blocks along the wires, then unconnected ones by id', () => {
    const doc = newDocument();
    const blocks = [newBlock('dense', 'b'), ...doc.blocks.toReversed(), newBlock('dense', 'a')];
    const ids = documentFrom({ ...doc, blocks }).blocks.map(({ id }) => id);
    expect(ids).toEqual(['input', 'dense-1', 'dense-2', 'code', 'a', 'b']);
  });

  it('takes defaults for what is left out', () => {
    const { decoder: _decoder, layout: _layout, ...rest } = emptyDocument();
    const doc = documentFrom({
      ...rest,
      blocks: [
        { id: 'input', type: 'input' },
        { id: 'code', type: 'code' },
      ],
    });
    expect(doc.blocks[1]?.params).toEqual(newBlock('code', 'code').params);
  });

  it('hashes what affects a run and nothing else', () => {
    const doc = newDocument();
    const hash = documentHash(doc);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(documentHash({ ...doc, name: 'Other', layout: { code: { x: 1, y: 2 } } })).toBe(hash);
    expect(documentHash({ ...doc, blocks: doc.blocks.toReversed() })).toBe(hash);
    expect(documentHash({ ...doc, training: { ...doc.training, seed: 2 } })).not.toBe(hash);
  });
});

describe('what is refused', () => {
  it.each([
    ['', { line: 1, column: 1, got: 'the end of the file' }],
    ['{\n  "format": "hour', { line: 2, column: 13, got: '“"”' }],
    ['{\n  "format": "hourglass",\n}', { line: 3, column: 1, got: '“}”' }],
    ['{"a": 1 "b": 2}', { line: 1, column: 9, got: '“"”' }],
    ['[1, 2,, 3]', { line: 1, column: 7, got: '“,”' }],
    ['{"a": nul}', { line: 1, column: 7, got: '“n”' }],
    ['{"a": "b\nc"}', { line: 1, column: 9, got: '“\n”' }],
    ['{"a": "\\x"}', { line: 1, column: 8, got: '“\\”' }],
    ['{"a": 01}', { line: 1, column: 8, got: '“1”' }],
    ['{} {}', { line: 1, column: 4, got: '“{”' }],
    ['{"a": "never closed', { line: 1, column: 7, got: '“"”' }],
  ])('JSON that breaks off or is wrong: %j', (broken, { line, column, got }) => {
    const [first] = problemsOf(broken);
    expect(first?.code).toBe('DOCUMENT_SYNTAX');
    expect(first?.message).toContain(`line ${line}, column ${column}: expected`);
    expect(first?.message.endsWith(`got ${got}.`)).toBe(true);
  });

  it('agrees with JSON.parse on what is JSON', () => {
    const damaged = fc.tuple(
      fc.nat(text.length),
      fc.nat(3),
      fc.constantFrom('', '"', '{', ']', ',', '\\', '0', ' '),
    );
    fc.assert(
      fc.property(damaged, ([at, length, patch]) => {
        const other = text.slice(0, at) + patch + text.slice(at + length);
        let valid = true;
        try {
          JSON.parse(other);
        } catch {
          valid = false;
        }
        let code = 'none';
        try {
          parseDocument(other);
        } catch (error) {
          if (!(error instanceof ProblemError)) throw error;
          code = error.problems[0].code;
        }
        expect(code === 'DOCUMENT_SYNTAX').toBe(!valid);
      }),
      { numRuns: 400 },
    );
  });

  it.each([65, 10_000, 1_000_000])('%i levels of nesting', (levels) => {
    const deep = '['.repeat(levels) + ']'.repeat(levels);
    expect(problemsOf(deep)[0]?.code).toBe('DOCUMENT_TOO_DEEP');
    const parsed: unknown = JSON.parse(deep);
    expect(() => documentFrom(parsed)).toThrow(/nested more than 64/);
  });

  it.each(['__proto__', 'constructor', 'prototype'])('the name %s, at any depth', (name) => {
    for (const passage of ['"name": "Untitled"', '"units": 64', '"epochs": 20']) {
      const [first] = problemsOf(changed(passage, `"${name}": {"x": 1}, ${passage}`));
      expect(first?.code).toBe('DOCUMENT_FORBIDDEN_KEY');
    }
    expect(problemsOf(text.replaceAll('dense-1', name))[0]?.code).toBe('DOCUMENT_FORBIDDEN_KEY');
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
  });

  it.each([
    ['an unknown type', '"type": "code"', '"type": "lstm"', 'UNKNOWN_BLOCK', 'blocks.3.type'],
    ['a newer version', '"version": 3', '"version": 4', 'DOCUMENT_NEWER', 'version'],
    ['no version', '"version": 3,', '', 'DOCUMENT_FIELD', 'version'],
    ['a version that never was', '"version": 3', '"version": 0', 'DOCUMENT_FIELD', 'version'],
    ['another format', '"hourglass"', '"keras"', 'DOCUMENT_NOT_HOURGLASS', 'format'],
    ['no units at all', '"units": 64', '"units": 0', 'DOCUMENT_FIELD', 'blocks.2.params.units'],
    ['2³¹ units', '"units": 64', '"units": 2147483648', 'DOCUMENT_FIELD', 'blocks.2.params.units'],
    ['half a unit', '"units": 64', '"units": 1.5', 'DOCUMENT_FIELD', 'blocks.2.params.units'],
    ['units in words', '"units": 64', '"units": "many"', 'DOCUMENT_FIELD', 'blocks.2.params.units'],
    [
      'an unknown parameter',
      '"units": 64',
      '"units": 64, "rate": 1',
      'DOCUMENT_UNKNOWN_KEY',
      'blocks.2.params.rate',
    ],
    ['an unknown entry', '"name"', '"author": "A", "name"', 'DOCUMENT_UNKNOWN_KEY', 'author'],
    ['a reserved id', '"id": "dense-2"', '"id": "output"', 'DOCUMENT_FIELD', 'blocks.2.id'],
    ['an id twice', '"id": "dense-2"', '"id": "dense-1"', 'DUPLICATE_BLOCK', 'blocks.2.id'],
    ['a dangling wire', '"to": "code"', '"to": "code-2"', 'DANGLING_WIRE', 'wires.2'],
    [
      'a wire twice',
      '"to": "code" }',
      '"to": "code" }, { "from": "dense-2", "to": "code" }',
      'DUPLICATE_WIRE',
      'wires.3',
    ],
    ['batches of none', '"batchSize": 128', '"batchSize": 0', 'DOCUMENT_FIELD', 'training.batchSize'],
    [
      'everything held out',
      '"validationShare": 0.1',
      '"validationShare": 1',
      'DOCUMENT_FIELD',
      'training.validationShare',
    ],
    [
      'a learning rate of 0',
      '"learningRate": 0.001',
      '"learningRate": 0',
      'DOCUMENT_FIELD',
      'training.learningRate',
    ],
    ['a negative seed', '"seed": 1', '"seed": -1', 'DOCUMENT_FIELD', 'training.seed'],
    ['an unknown optimizer', '"type": "adam"', '"type": "lion"', 'DOCUMENT_FIELD', 'training.optimizer.type'],
  ])('%s', (_name, passage, other, code, path) => {
    expect(problemsOf(changed(passage, other))).toEqual(
      expect.arrayContaining([expect.objectContaining({ code, where: expect.objectContaining({ path }) })]),
    );
  });

  it('names node, parameter, what was expected and what came', () => {
    const [first] = problemsOf(changed('"units": 64', '"units": 0'));
    expect(first).toMatchObject({ where: { nodeId: 'dense-2', param: 'units' } });
    expect(first?.message).toBe(
      'blocks.2.params.units: expected a whole number from 1 to 2147483647, got 0.',
    );
  });

  it('all mistakes at once', () => {
    const twice = changed('"units": 64', '"units": 0').replace('"seed": 1', '"seed": "x"');
    expect(problemsOf(twice)).toHaveLength(2);
  });

  it('too many characters and too many blocks, at once', () => {
    expect(problemsOf(' '.repeat(17_000_000))[0]?.code).toBe('DOCUMENT_TOO_LARGE');
    const blocks = Array.from({ length: 100_000 }, (_, index) => newBlock('dense', `dense-${index}`));
    expect(() => documentFrom({ ...newDocument(), blocks })).toThrow(/100,000 blocks; the limit is 5,000/);
  });

  it('something else than an object', () => {
    for (const json of ['null', '[]', '3', '"hourglass"', '{}']) {
      expect(problemsOf(json)[0]?.code).toBe('DOCUMENT_NOT_HOURGLASS');
    }
  });
});

describe('validation', () => {
  it('takes 5,000 blocks, chained or in one cycle', () => {
    const layers = Array.from({ length: 4_998 }, (_, index) =>
      newBlock('dense', `dense-${index + 1}`, { units: 2 }),
    );
    const blocks = [newBlock('input', 'input'), ...layers, newBlock('code', 'code', { size: 2 })];
    const wires = blocks.slice(1).map(({ id }, index) => ({ from: blocks[index]?.id ?? '', to: id }));
    const chain = { ...newDocument(), blocks, wires };
    const cycle = {
      ...chain,
      wires: wires.slice(1, -1).concat({ from: 'dense-4998', to: 'dense-1' }),
    };
    expect(validateDocument(chain)).toEqual([]);
    expect(validateDocument(cycle).filter(({ code }) => code === 'CYCLE')).toHaveLength(1);
  });

  it('reports settings out of range and parameters once', () => {
    const doc = newDocument();
    const problems = validateDocument({
      ...doc,
      blocks: doc.blocks.map((block) =>
        block.id === 'code' ? newBlock('code', 'code', { size: -1 }) : block,
      ),
      training: { ...doc.training, learningRate: Number.NaN },
    });
    expect(problems).toMatchObject([
      { code: 'DOCUMENT_FIELD', where: { path: 'training.learningRate' } },
      { code: 'PARAMETER_RANGE', where: { nodeId: 'code', param: 'size' } },
    ]);
  });

  it.each([0, -1e-3, Number.POSITIVE_INFINITY])('refuses a learning rate of %s', (learningRate) => {
    const doc = newDocument();
    expect(validateDocument({ ...doc, training: { ...doc.training, learningRate } })).toContainEqual(
      expect.objectContaining({ code: 'DOCUMENT_FIELD', severity: 'error' }),
    );
  });
});

it('writes a parameter for a few drawings only where it is not its default, and reads it back', () => {
  const plain = newDocument();
  expect(documentText(plain)).not.toContain('activity');
  const code = newBlock('code', 'code', { activityPenalty: 'l1', activityWeight: 0.01 });
  const charged = { ...plain, blocks: [...plain.blocks.slice(0, -1), code] };
  const text = documentText(charged);
  expect(text).toContain('"activityPenalty": "l1"');
  expect(text).toContain('"activityWeight": 0.01');
  expect(text).not.toContain('activityTarget');
  expect(parseDocument(text).blocks.at(-1)).toEqual(code);
  expect(documentHash(charged)).not.toBe(documentHash(plain));
});

import { performance } from 'node:perf_hooks';
import { MAX_BLOCKS } from '../../shared/document/document-schema';
import type { GraphDocument } from '../../shared/document/graph-document';
import { newBlock, newDocument } from '../../shared/document/new-document';
import { validateDocument } from '../../shared/document/validate';
import type { Claim } from './claim';

const BAR = 200;
const ROUNDS = 11;

export const largeDrawings: Claim = {
  name: 'large-drawings',
  bar: `the largest drawing there may be (${MAX_BLOCKS.toLocaleString('en')} blocks), chained or in one cycle, is checked in ≤ ${BAR} ms at the median, and its cycle is named`,
  data: null,
  async check() {
    const { chain, cycle } = largest();
    const sound = validateDocument(chain).length === 0;
    const named = validateDocument(cycle).filter(({ code }) => code === 'CYCLE').length === 1;
    const [chained, inCycle] = [milliseconds(chain), milliseconds(cycle)];
    return {
      figure: `chained ${chained.toFixed(0)} ms, in one cycle ${inCycle.toFixed(0)} ms (${ROUNDS} rounds); cycle ${named ? '' : 'not '}named`,
      holds: sound && named && chained <= BAR && inCycle <= BAR,
    };
  },
};

function largest(): { chain: GraphDocument; cycle: GraphDocument } {
  const layers = Array.from({ length: MAX_BLOCKS - 2 }, (_, index) =>
    newBlock('dense', `dense-${index + 1}`, { units: 2 }),
  );
  const blocks = [newBlock('input', 'input'), ...layers, newBlock('code', 'code', { size: 2 })];
  const wires = blocks.slice(1).map(({ id }, index) => ({ from: blocks[index]?.id ?? '', to: id }));
  const chain = { ...newDocument(), blocks, wires };
  const back = { from: `dense-${layers.length}`, to: 'dense-1' };
  return { chain, cycle: { ...chain, wires: [...wires.slice(1, -1), back] } };
}

function milliseconds(document: GraphDocument): number {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const started = performance.now();
    validateDocument({ ...document });
    return performance.now() - started;
  });
  return rounds.sort((first, second) => first - second)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
}

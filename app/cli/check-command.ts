import { frozenCount, isFrozen } from '../../shared/blocks/freezing';
import { validateDocument } from '../../shared/document/validate';
import { type Problem, ProblemError } from '../../shared/errors/problem';
import { planDocument } from '../../shared/plan/plan-document';
import { formatShape } from '../../shared/tensors/shape';
import type { CliIo } from './cli-io';
import { EXIT } from './exit-code';
import { readDocument } from './read-document';
import { problemText } from './report-error';
import { textTable } from './text-table';

const count = (value: number) => value.toLocaleString('en');

/** `hourglass check FILE`: every Problem with its block and parameter, and every layer whose shape could be found. */
export async function check(file: string, io: CliIo): Promise<number> {
  let problems: readonly Problem[];
  try {
    const document = await readDocument(file, io);
    problems = validateDocument(document);
    const layers = [...planDocument(document).layers.values()];
    const rows = layers.map((layer) => [
      layer.id,
      layer.type,
      `${formatShape(layer.inputShape)} → ${formatShape(layer.outputShape)}`,
      layer.activation === 'linear' ? '' : layer.activation,
      `${isFrozen(layer) && layer.parameterCount > 0 ? 'frozen ' : ''}${count(layer.parameterCount)}`,
    ]);
    if (rows.length > 0) {
      const heading = ['layer', 'type', 'shape', 'activation', 'parameters'];
      const total = layers.reduce((sum, layer) => sum + layer.parameterCount, 0);
      const frozen = frozenCount(layers);
      const shares = [
        ['', '', '', 'trainable', count(total - frozen)],
        ['', '', '', 'frozen', count(frozen)],
      ];
      const sums = [...(frozen > 0 ? shares : []), ['', '', '', 'total', count(total)]];
      io.out(textTable([heading, ...rows, ...sums], [4]));
    }
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    problems = error.problems;
  }
  for (const each of problems) io.out(`\n${problemText(each)}`);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  if (problems.length === 0) io.out('\nNothing is wrong; it can be trained.\n');
  else io.out(`\n${errors} ${errors === 1 ? 'error' : 'errors'}, ${problems.length - errors} warnings\n`);
  return errors > 0 ? EXIT.problem : EXIT.ok;
}

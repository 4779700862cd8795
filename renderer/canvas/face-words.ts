import { activationLabel } from '../../shared/blocks/layer-parameters';
import type { DrawingNode } from '../../shared/plan/drawing';
import { isActivation } from '../../shared/plan/mirror';
import { formatShape } from '../../shared/tensors/shape';

/** The activation, and at the output end the loss: what a glance at a block should also tell. */
export function secondLines(node: DrawingNode): string[] {
  const lines: string[] = [];
  if ((node.kind === 'input' || node.kind === 'output') && node.outputShape)
    lines.push(formatShape(node.outputShape));
  const { activation, loss } = node.params;
  if (isActivation(activation) && activation !== 'linear') lines.push(activationLabel(activation));
  if (loss !== undefined) lines.push(String(loss));
  return lines.filter((line) => line !== node.description);
}

/** `200.7k`, `1.2M`. */
export function shortCount(count: number): string {
  if (count < 1000) return String(count);
  if (count < 1e6) return `${Number((count / 1e3).toPrecision(count < 1e5 ? 3 : 4))}k`;
  return `${Number((count / 1e6).toPrecision(3))}M`;
}

import { formatShape, type Shape } from '../../shared/tensors/shape';
import { t } from '../strings/strings';

/** What passes where a wire is tied to a block. Each has a form of its own, so that it is not told by colour alone. */
type Flow = 'picture' | 'series' | 'vector';

export function flowOf(shape: Shape | null): Flow | undefined {
  if (shape?.length === 3) return 'picture';
  if (shape?.length === 2) return 'series';
  return shape?.length === 1 ? 'vector' : undefined;
}

/** `Takes a picture, 28×28×1`. */
export function portTitle(side: 'in' | 'out', shape: Shape | null): string {
  const flow = flowOf(shape);
  if (!shape || !flow) return t(`canvas.flow.${side}Unknown`);
  return t(`canvas.flow.${side}`, { flow: t(`canvas.flow.${flow}`), shape: formatShape(shape) });
}

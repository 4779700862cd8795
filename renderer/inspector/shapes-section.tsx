import { isFrozen } from '../../shared/blocks/freezing';
import type { DrawingNode } from '../../shared/plan/drawing';
import { formatShape, type Shape, valueCount } from '../../shared/tensors/shape';
import { select } from '../state/document-store';
import { useDrawing } from '../state/drawing';
import { Fact, Section } from './field';
import styles from './inspector.module.css';

/** What comes in and goes out, as far as it is known, and which block keeps the rest from being known. */
export function ShapesSection({ node }: { readonly node: DrawingNode }) {
  return (
    <Section title="Shapes">
      <ShapeFact label="In" shape={node.inputShape} />
      <ShapeFact label="Out" shape={node.outputShape} />
      {node.parameterCount !== null && (
        <Fact label="Parameters">
          {node.parameterCount.toLocaleString('en')}
          {node.parameterCount > 0 && (isFrozen(node) ? ', frozen' : ', trainable')}
        </Fact>
      )}
      {node.stoppedBy !== null && <Stop at={node.stoppedBy} blockId={node.blockId} />}
    </Section>
  );
}

export function ShapeFact({ label, shape }: { readonly label: string; readonly shape: Shape | null }) {
  return (
    <Fact label={label}>
      {shape
        ? `${formatShape(shape)}${shape.length > 1 ? ` = ${valueCount(shape).toLocaleString('en')}` : ''}`
        : 'not known yet'}
    </Fact>
  );
}

function Stop({ at, blockId }: { readonly at: string; readonly blockId: string | null }) {
  const { nodes, wires } = useDrawing();
  const wired = wires.some((wire) => wire.to === at);
  const problem = nodes.find((node) => node.id === at)?.problems.find(({ severity }) => severity === 'error');
  const cause = wired ? (problem?.message ?? '') : 'No wire leads into it.';
  return (
    <p className={styles.text}>
      The shapes stop at {at}. {cause}{' '}
      {at !== blockId && (
        <button type="button" className={styles.link} onClick={() => select([at])}>
          Go to {at}
        </button>
      )}
    </p>
  );
}

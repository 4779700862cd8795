import { isFrozen } from '../../shared/blocks/freezing';
import type { DrawingNode } from '../../shared/plan/drawing';
import { formatShape, type Shape, valueCount } from '../../shared/tensors/shape';
import { select } from '../state/document-store';
import { useDrawing } from '../state/drawing';
import { t } from '../strings/strings';
import { Fact, Section } from './field';
import styles from './inspector.module.css';

/** What comes in and goes out, as far as it is known, and which block keeps the rest from being known. */
export function ShapesSection({ node }: { readonly node: DrawingNode }) {
  return (
    <Section title={t('inspector.shapes.title')}>
      <ShapeFact label={t('inspector.shapes.in')} shape={node.inputShape} />
      <ShapeFact label={t('inspector.shapes.out')} shape={node.outputShape} />
      {node.parameterCount !== null && (
        <Fact label={t('inspector.shapes.parameters')}>
          {node.parameterCount > 0
            ? t(isFrozen(node) ? 'inspector.shapes.frozen' : 'inspector.shapes.trainable', {
                parameters: node.parameterCount.toLocaleString('en'),
              })
            : node.parameterCount}
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
        : t('inspector.shapes.unknown')}
    </Fact>
  );
}

function Stop({ at, blockId }: { readonly at: string; readonly blockId: string | null }) {
  const { nodes, wires } = useDrawing();
  const wired = wires.some((wire) => wire.to === at);
  const problem = nodes.find((node) => node.id === at)?.problems.find(({ severity }) => severity === 'error');
  const cause = wired ? (problem?.message ?? '') : t('inspector.shapes.unwired');
  return (
    <p className={styles.text}>
      {t('inspector.shapes.stop', { at, cause })}{' '}
      {at !== blockId && (
        <button type="button" className={styles.link} onClick={() => select([at])}>
          {t('inspector.goTo', { name: at })}
        </button>
      )}
    </p>
  );
}

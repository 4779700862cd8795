import { Tooltip } from '@mantine/core';
import { Handle, type NodeProps, Position, useConnection } from '@xyflow/react';
import { Ban, Link2, Lock } from 'lucide-react';
import { type CSSProperties, memo } from 'react';
import { blockOf } from '../../shared/blocks/catalogue';
import { isFrozen } from '../../shared/blocks/freezing';
import { rateFactorOf } from '../../shared/blocks/rate-factor';
import type { DrawingNode } from '../../shared/plan/drawing';
import { CodeHealthBadge } from '../codes/code-health-badge';
import { BlockEye } from '../layers/block-eye';
import { t } from '../strings/strings';
import { LoadedMark } from '../weights/loaded-mark';
import styles from './block-node.module.css';
import { secondLines, shortCount } from './face-words';
import { type BlockFlowNode, calledName } from './flow-elements';
import {
  eyePlace,
  markPath,
  type Silhouette,
  silhouette,
  silhouettePath,
  widthOf,
} from './hourglass-geometry';
import { flowOf, portTitle } from './ports';
import { RenameField, useRenaming } from './rename-field';
import { RunMark } from './run-mark';
import { refusalOf } from './wiring-rules';
import { type BlockForm, useBlockForm } from './zoom-level';

/** A block on the canvas, drawn as its piece of the hourglass: as high at each side as values pass there. */
export const BlockNode = memo(function BlockNode({ data: { node }, selected }: NodeProps<BlockFlowNode>) {
  const wire = useConnection((connection) => {
    if (!connection.inProgress || connection.fromNode.id === node.id) return 'none';
    const { type } = connection.fromHandle;
    const aim = type === 'source' ? 'target' : 'source';
    if (refusalOf(connection.fromHandle, node.id) !== null) return `${aim} refuses`;
    return connection.toNode?.id === node.id && connection.isValid ? `${aim} takes` : `${aim} fits`;
  });
  const [aim, answer] = wire.split(' ');
  const shape = silhouette(node.inputShape, node.outputShape, widthOf(node));
  // As far from the middle of the left edge, where a wire may come in.
  const lowerMark = shape.height / 2 + Math.max(20, shape.left * 0.28);
  const upperEdge = (shape.height - (shape.left + shape.right) / 2) / 2;
  const severity = node.problems.some((problem) => problem.severity === 'error')
    ? 'error'
    : node.problems.length > 0
      ? 'warning'
      : undefined;
  const form = useBlockForm();
  const renaming = useRenaming(({ nodeId }) => nodeId === node.id);
  return (
    <Tooltip label={<Details node={node} />} disabled={form !== 'short' && form !== 'bare'}>
      <div
        className={styles.block}
        data-half={node.half}
        data-end={node.kind === 'input' || node.kind === 'output'}
        data-problem={severity}
        data-selected={selected}
        data-bypassed={node.bypassed}
        data-aim={aim}
        data-answer={answer}
        style={sizeVariables(shape)}
      >
        <svg className={styles.outline} width={shape.width} height={shape.height} aria-hidden="true">
          {node.kind === 'group' && <path className={styles.behind} d={silhouettePath(shape)} />}
          <path d={silhouettePath(shape)} />
          {node.kind !== 'placed' && <path className={styles.mark} d={markPath(shape, node.half)} />}
          <path className={styles.ring} d={silhouettePath(shape, 6, 4)} />
        </svg>
        {form !== 'bare' && (
          <>
            <div className={styles.face} data-form={form} data-placed={node.kind === 'placed'}>
              {node.kind === 'placed' ? (
                form !== 'short' && <span className={styles.upright}>{node.label}</span>
              ) : (
                <Face node={node} form={form} />
              )}
            </div>
            <BlockEye node={node} place={eyePlace(shape)} inFull={form === 'full'} />
          </>
        )}
        {renaming && (
          <RenameField
            nodeId={node.id}
            name={node.label === node.kindLabel ? '' : node.label.replace(/′$/, '')}
            placeholder={node.kindLabel}
          />
        )}
        {severity && <ProblemBadge node={node} severity={severity} />}
        {node.tied && <TiedMark top={upperEdge} />}
        {isFrozen(node) ? (
          <FrozenMark top={lowerMark} />
        ) : (
          <RateMark factor={rateFactorOf(node)} top={lowerMark} />
        )}
        <LoadedMark id={node.id} top={shape.height - lowerMark} />
        {node.bypassed && <BypassedMark />}
        {blockOf(node.type)?.role === 'code' && node.half === 'code' && <CodeHealthBadge top={upperEdge} />}
        {node.differences.length > 0 && (
          <Tooltip label={t('canvas.differs', { names: differenceNames(node).join(', ') })}>
            <span className={styles.difference}>≠</span>
          </Tooltip>
        )}
        {node.kind === 'code' && (
          <RunMark width={shape.width} top={(shape.height - Math.max(shape.left, shape.right)) / 2} />
        )}
        {node.kind !== 'input' && (
          <Handle
            className={styles.handle}
            data-side="target"
            data-flow={flowOf(node.inputShape)}
            title={portTitle('in', node.inputShape)}
            type="target"
            position={Position.Left}
          />
        )}
        {node.kind !== 'output' && (
          <Handle
            className={styles.handle}
            data-side="source"
            data-flow={flowOf(node.outputShape)}
            title={portTitle('out', node.outputShape)}
            type="source"
            position={Position.Right}
          />
        )}
      </div>
    </Tooltip>
  );
});

/** Its size, for what of it takes up the whole block. */
function sizeVariables({ width, height }: Silhouette): CSSProperties {
  const variables: Record<`--${string}`, string> = {
    '--block-width': `${width}px`,
    '--block-height': `${height}px`,
  };
  return variables;
}

/** The mark of weights that a block and its twin share, on the upper edge of both. */
function TiedMark({ top }: { readonly top: number }) {
  return (
    <Tooltip label={t('canvas.tiedHelp')}>
      <span className={styles.tied} style={{ top }} role="img" aria-label={t('canvas.tied')}>
        <Link2 size={12} />
      </span>
    </Tooltip>
  );
}

/** The lock of a layer whose weights training leaves as they are. */
function FrozenMark({ top }: { readonly top: number }) {
  return (
    <Tooltip label={t('canvas.frozenHelp')}>
      <span className={styles.frozen} style={{ top }} role="img" aria-label={t('canvas.frozen')}>
        <Lock size={12} />
      </span>
    </Tooltip>
  );
}

/** How fast a layer learns beside the others, where that is set. */
function RateMark({ factor, top }: { readonly factor: number; readonly top: number }) {
  if (factor === 1) return null;
  return (
    <Tooltip label={t('canvas.rateHelp', { factor })}>
      <span className={styles.rate} style={{ top }} role="img" aria-label={t('canvas.rate', { factor })}>
        ×{factor}
      </span>
    </Tooltip>
  );
}

/** The mark of a block that the network leaves out. */
function BypassedMark() {
  return (
    <Tooltip label={t('canvas.bypassedHelp')}>
      <span className={styles.bypassed} role="img" aria-label={t('canvas.bypassed')}>
        <Ban size={13} />
      </span>
    </Tooltip>
  );
}

/** All a block's face tells when there is room for it. */
function Details({ node }: { readonly node: DrawingNode }) {
  return (
    <>
      <div>
        <strong>{node.label}</strong> {node.description}
      </div>
      {secondLines(node).map((line) => (
        <div key={line}>{line}</div>
      ))}
      {node.parameterCount !== null && node.parameterCount > 0 && (
        <div>{t('status.parameters', { figure: node.parameterCount.toLocaleString('en') })}</div>
      )}
    </>
  );
}

interface FaceProps {
  readonly node: DrawingNode;
  readonly form: Exclude<BlockForm, 'bare'>;
}

function Face({ node, form }: FaceProps) {
  if (form === 'short') {
    // The ends have no parameters: their names stand upright, as those of what the planner places.
    if (node.description === '') return <span className={styles.upright}>{node.brief}</span>;
    const [first, ...others] = node.description.split(/ · | /);
    return (
      <>
        <span className={styles.glance}>{first}</span>
        {others.map((word) => (
          <span key={word} className={styles.small}>
            {word}
          </span>
        ))}
      </>
    );
  }
  return (
    <>
      <span className={styles.label} data-named={node.label !== node.kindLabel}>
        {form === 'full' ? node.label : node.brief}
      </span>
      {(form === 'full' ? [node.description] : node.description.split(' · ')).map((words) => (
        <span key={words} className={styles.glance}>
          {words}
        </span>
      ))}
      {secondLines(node).map((line) => (
        <span key={line} className={styles.small}>
          {line}
        </span>
      ))}
      {(form === 'full' || node.kind === 'group') &&
        node.parameterCount !== null &&
        node.parameterCount > 0 && (
          <span
            className={styles.small}
            title={t('status.parameters', { figure: node.parameterCount.toLocaleString('en') })}
          >
            {t('canvas.parameters', { figure: shortCount(node.parameterCount) })}
          </span>
        )}
    </>
  );
}

function differenceNames(node: DrawingNode): string[] {
  const params = blockOf(node.type)?.params ?? {};
  return node.differences.map((name) => params[name]?.label.toLowerCase() ?? name);
}

function ProblemBadge({ node, severity }: { readonly node: DrawingNode; readonly severity: string }) {
  return (
    <Tooltip
      label={node.problems.map((problem) => (
        <div key={problem.code + problem.message}>
          {problem.message} {problem.hint}
        </div>
      ))}
    >
      <span
        className={styles.badge}
        data-severity={severity}
        role="img"
        aria-label={t('canvas.problemOf', { id: calledName(node, node.id) })}
      >
        !
      </span>
    </Tooltip>
  );
}

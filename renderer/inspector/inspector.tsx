import { ActionIcon, Button, Select, Tooltip } from '@mantine/core';
import { RotateCcw, Trash2 } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { blockOf } from '../../shared/blocks/catalogue';
import { ACTIVATIONS } from '../../shared/blocks/layer-ops';
import { activationLabel } from '../../shared/blocks/layer-parameters';
import { resetDifference, setOutput, setParameter } from '../../shared/document/edits';
import { type Group, isGroupId } from '../../shared/document/groups';
import type { Note } from '../../shared/document/notes';
import type { DrawingNode, DrawingWire } from '../../shared/plan/drawing';
import { nodeOwner } from '../../shared/plan/mirror';
import { ofOwnKernel } from '../../shared/plan/tied';
import { showTab } from '../app/layout-store';
import { useData } from '../data/data-store';
import { FixButtons } from '../problems/fix-buttons';
import { removeSelection } from '../state/canvas-edits';
import { edit, select, useDocument } from '../state/document-store';
import { shownDrawing, useDrawing } from '../state/drawing';
import { sameValue } from '../state/kept-parts';
import { t } from '../strings/strings';
import { BlockButtons } from './block-buttons';
import { CorruptionPreview } from './corruption-preview';
import { DocumentSettings } from './document-settings';
import { Fact, Field, Section } from './field';
import { GroupFields } from './group-fields';
import styles from './inspector.module.css';
import { LossSumFields } from './loss-sum-fields';
import { NameField } from './name-field';
import { NoteFields } from './note-fields';
import { ParameterControl } from './parameter-control';
import { PresetButton } from './preset-button';
import { ShapeFact, ShapesSection } from './shapes-section';
import { TwinFields } from './twin-fields';
import { WireFields } from './wire-fields';

const NO_NOTES: readonly Note[] = [];
const NO_GROUPS: readonly Group[] = [];

/** What is selected, and how it can be changed; the document's own settings where nothing is. */
export function Inspector() {
  const selection = useDocument((state) => state.selection);
  const drawing = useDrawing();
  const selected = drawing.nodes.filter((node) => selection.includes(node.id));
  const wires = drawing.wires.filter((wire) => selection.includes(wire.id));
  const notes = useDocument((state) => state.history.present.notes ?? NO_NOTES).filter(({ id }) =>
    selection.includes(id),
  );
  const [only] = selected;
  const [wire] = wires;
  const [note] = notes;
  const groups = useDocument((state) => state.history.present.groups ?? NO_GROUPS);
  const groupNode = selection.find((id) => isGroupId(nodeOwner(id).blockId));
  const group = groups.find(({ id }) => groupNode !== undefined && id === nodeOwner(groupNode).blockId);
  if (group && groupNode !== undefined) {
    return (
      <>
        <Head title={group.name} subtitle={t('groups.about', { count: group.blocks.length })} removable />
        <NameField nodeId={groupNode} name={group.name} placeholder={group.name} />
        <GroupFields group={group} nodeId={groupNode} />
      </>
    );
  }
  const count = selected.length + wires.length + notes.length;
  if (count > 1) {
    return (
      <>
        <Head title={t('inspector.selected', { number: count })} removable />
        <p className={styles.text}>{t('inspector.selectedHelp')}</p>
      </>
    );
  }
  if (only) return <NodeInspector key={only.id} node={only} />;
  if (wire) {
    return (
      <>
        <Head
          title={wire.skip ? t('inspector.wire.skip') : t('inspector.wire.wire')}
          subtitle={t('inspector.wire.ends', { from: wire.from, to: wire.to })}
          removable={wire.encoderWire !== null || wire.skip !== null}
        />
        <ShapeFact label={t('inspector.wire.carries')} shape={wire.shape} />
        <p className={styles.text}>{wireText(wire)}</p>
        {wire.skip && <TwinFields blockId={wire.from} />}
      </>
    );
  }
  if (note) {
    return (
      <>
        <Head title={t('notes.note')} subtitle={t('notes.about')} removable />
        <NoteFields key={note.id} note={note} />
      </>
    );
  }
  return <DocumentSettings />;
}

function wireText({ skip, derived, encoderWire, to }: DrawingWire): string {
  if (skip) return t('inspector.wire.skipText', { to });
  if (!derived) return t('inspector.wire.ownText');
  if (!encoderWire) return t('inspector.wire.codeText');
  return t('inspector.wire.twinText');
}

interface HeadProps {
  readonly title: string;
  readonly subtitle?: string;
  readonly half?: string;
  readonly removable?: boolean;
  /** What else is done with it, beside deleting. */
  readonly actions?: ReactNode;
}

function Head({ title, subtitle, half, removable, actions }: HeadProps) {
  return (
    <div className={styles.head} data-half={half}>
      <div>
        <h2 className={styles.title}>{title}</h2>
        {subtitle && <div className={styles.subtitle}>{subtitle}</div>}
      </div>
      <div className={styles.actions}>
        {actions}
        {removable && (
          <Tooltip label={t('inspector.delete')}>
            <ActionIcon aria-label={t('inspector.deleteLabel')} onClick={removeSelection}>
              <Trash2 size={14} />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
    </div>
  );
}

interface NodeInspectorProps {
  readonly node: DrawingNode;
}

/** Not drawn anew where the block was only moved. */
const NodeInspector = memo(BlockInspector, (before, next) =>
  sameValue(withoutPlace(before.node), withoutPlace(next.node)),
);

function withoutPlace({ position: _, ...rest }: DrawingNode): Omit<DrawingNode, 'position'> {
  return rest;
}

function BlockInspector({ node }: NodeInspectorProps) {
  const removable = node.kind === 'block' || node.kind === 'twin' || node.kind === 'code';
  return (
    <>
      <Head
        title={node.label}
        subtitle={[node.label === node.kindLabel ? '' : node.kindLabel, node.id, node.half]
          .filter((words) => words !== '')
          .join(' · ')}
        half={node.half}
        removable={removable}
        actions={(node.kind === 'block' || node.kind === 'twin') && <BlockButtons bypassed={node.bypassed} />}
      />
      {node.problems.map((problem) => (
        <div key={problem.code + problem.message} className={styles.problem} data-severity={problem.severity}>
          {problem.message} {problem.hint}
          <FixButtons problem={problem} />
        </div>
      ))}
      {node.kind !== 'output' && node.kind !== 'placed' && (
        <NameField
          nodeId={node.id}
          name={node.label === node.kindLabel ? '' : node.label}
          placeholder={node.kindLabel}
        />
      )}
      {node.kind === 'input' && <InputFacts />}
      {node.kind === 'output' && <OutputFields />}
      {node.kind === 'placed' && (
        <p className={styles.text}>
          {node.type === 'flatten' ? t('inspector.flattenText') : t('inspector.reshapeText')}
        </p>
      )}
      {(node.kind === 'block' || node.kind === 'twin' || node.kind === 'code') && <Parameters node={node} />}
      {(node.kind === 'block' || node.kind === 'twin' || node.kind === 'code') && node.blockId && (
        <TwinFields blockId={node.blockId} />
      )}
      {(node.kind === 'input' || node.kind === 'block' || node.kind === 'code') && <WireFields node={node} />}
      <ShapesSection node={node} />
    </>
  );
}

function Parameters({ node }: { readonly node: DrawingNode }) {
  const definition = blockOf(node.type);
  const blockId = node.blockId;
  const twin = node.kind === 'twin';
  const partner = useDocument(
    ({ history }) =>
      shownDrawing(history.present).nodes.find((other) =>
        twin ? other.id === blockId : other.kind === 'twin' && other.blockId === blockId,
      )?.id,
  );
  if (!definition || blockId === null) return null;
  const entries = Object.entries(definition.params).filter(
    ([name, { ofEncoder, shownFor }]) =>
      !(twin && ofEncoder) &&
      !(twin && node.tied && ofOwnKernel(node.type, name)) &&
      (!shownFor || shownFor.values.includes(String(node.params[shownFor.param]))),
  );
  const usual = entries.filter(([, entry]) => entry.extra === undefined);
  const shared = usual.filter(([, entry]) => entry.structural);
  const own = usual.filter(([, entry]) => !entry.structural);
  const extras = new Set(entries.flatMap(([, { extra }]) => extra ?? []));
  const control = ([name, entry]: (typeof entries)[number]) => {
    const value = node.params[name];
    if (value === undefined) return null;
    const differs = node.differences.includes(name);
    const preset = definition.presets?.find(({ param }) => param === name);
    return (
      <ParameterControl
        key={name}
        entry={entry}
        value={value}
        problem={node.problems.find((problem) => problem.where?.param === name)?.message}
        onChange={(next) => edit((document) => setParameter(document, node.id, name, next))}
        note={
          (preset && <PresetButton blockId={blockId} preset={preset} />) ||
          (differs && (
            <span className={styles.difference}>
              {t('inspector.differs')}
              <Button
                variant="subtle"
                leftSection={<RotateCcw size={11} />}
                onClick={() => edit((document) => resetDifference(document, node.id, name))}
              >
                {t('inspector.reset')}
              </Button>
            </span>
          ))
        }
      />
    );
  };
  return (
    <>
      {shared.length > 0 && (
        <Section title={partner ? t('inspector.sharedWith', { partner }) : t('inspector.shape')}>
          {shared.map(control)}
          {partner && (
            <p className={styles.text}>
              {t(twin ? 'inspector.twinShares' : 'inspector.mirrorFollows')}{' '}
              <button type="button" className={styles.link} onClick={() => select([partner])}>
                {t('inspector.goTo', { name: partner })}
              </button>
            </p>
          )}
        </Section>
      )}
      {own.length > 0 && (
        <Section title={twin ? t('inspector.ofThisAlone') : t('inspector.layer')}>{own.map(control)}</Section>
      )}
      {[...extras].map((title) => (
        <Section key={title} title={title}>
          {entries.filter(([, entry]) => entry.extra === title).map(control)}
        </Section>
      ))}
      {definition.corrupts && <CorruptionPreview blockId={blockId} />}
      {definition.mirror === null && <p className={styles.text}>{t('inspector.encoderAlone')}</p>}
    </>
  );
}

function InputFacts() {
  const dataset = useData((state) => state.dataset);
  const failure = useData((state) => state.failure);
  return (
    <Section title={t('inspector.data.title')}>
      {dataset ? (
        <>
          <Fact label={t('inspector.data.set')}>{dataset.name}</Fact>
          <Fact label={t('inspector.data.samples')}>
            {Object.values(dataset.counts)
              .reduce((sum, count) => sum + count, 0)
              .toLocaleString('en')}
          </Fact>
          <Fact label={t('inspector.data.labels')}>
            {dataset.labels.length > 0 ? dataset.labels.length : t('inspector.data.noLabels')}
          </Fact>
          <Fact label={t('inspector.data.values')}>
            {t('inspector.data.range', {
              dtype: dataset.dtype,
              from: dataset.range[0],
              to: dataset.range[1],
            })}
          </Fact>
        </>
      ) : (
        <p className={styles.text}>{failure?.message ?? t('inspector.data.none')}</p>
      )}
      <p className={styles.text}>
        <Button variant="default" onClick={() => showTab('data')}>
          {t('inspector.data.choose')}
        </Button>
      </p>
    </Section>
  );
}

function OutputFields() {
  const output = useDocument((state) => state.history.present.output);
  return (
    <Section title={t('inspector.output.title')}>
      <Field label={t('inspector.output.activation')} help={t('inspector.output.activationHelp')}>
        {(id) => (
          <Select
            id={id}
            data={ACTIVATIONS.map((value) => ({ value, label: activationLabel(value) }))}
            value={output.activation}
            onChange={(value) => {
              const activation = ACTIVATIONS.find((name) => name === value);
              if (activation) edit((document) => setOutput(document, { activation }));
            }}
          />
        )}
      </Field>
      <LossSumFields output={output} />
    </Section>
  );
}

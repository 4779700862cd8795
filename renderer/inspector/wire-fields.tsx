import { Select } from '@mantine/core';
import { useState } from 'react';
import { canConnect, connect, disconnect } from '../../shared/document/edits';
import type { GraphDocument } from '../../shared/document/graph-document';
import type { DrawingNode } from '../../shared/plan/drawing';
import { takesSeveral, wiringOf } from '../../shared/plan/wiring';
import { edit, useDocument } from '../state/document-store';
import { t } from '../strings/strings';
import { Field, Section } from './field';

const NOTHING = { value: '', label: t('inspector.wires.nothing') };

/** The wires of a block of the encoder, to be drawn and taken off without a pointer. */
export function WireFields({ node: { id, kind, type } }: { readonly node: DrawingNode }) {
  const document = useDocument((state) => state.history.present);
  const { sources, targets } = wiringOf(document);
  const from = sources.get(id) ?? [];
  const to = targets.get(id) ?? [];
  return (
    <Section title={t('inspector.wires.title')}>
      {kind !== 'input' &&
        places(from, takesSeveral(type)).map((present, index) => (
          <WireField
            key={present ?? ''}
            label={index === 0 ? t('inspector.wires.from') : t('inspector.wires.andFrom')}
            help={t('inspector.wires.fromHelp')}
            present={present}
            others={from}
            wireTo={(other) => [other, id]}
          />
        ))}
      {kind !== 'code' &&
        places(to, true).map((present, index) => (
          <WireField
            key={present ?? ''}
            label={index === 0 ? t('inspector.wires.to') : t('inspector.wires.andTo')}
            help={t('inspector.wires.toHelp')}
            present={present}
            others={to}
            wireTo={(other) => [id, other]}
          />
        ))}
    </Section>
  );
}

/** A field for each wire, and a free one where there is none or where there may be more. */
function places(present: readonly string[], several: boolean): readonly (string | undefined)[] {
  return present.length === 0 || several ? [...present, undefined] : present;
}

interface WireFieldProps {
  readonly label: string;
  readonly help: string;
  /** The block at the other end of the wire that is there now. */
  readonly present: string | undefined;
  /** The blocks that have a wire on this side already. */
  readonly others: readonly string[];
  /** The two ends of a wire to another block. */
  readonly wireTo: (other: string) => readonly [from: string, to: string];
}

function WireField({ label, help, present, others, wireTo }: WireFieldProps) {
  const document = useDocument((state) => state.history.present);
  const without = (doc: GraphDocument) => (present === undefined ? doc : disconnect(doc, ...wireTo(present)));
  // What fits is looked for when somebody comes near: each block that might is tried.
  const [near, setNear] = useState(false);
  const possible = near ? fitting() : present === undefined ? [] : [present];
  function fitting(): string[] {
    const free = without(document);
    return document.blocks
      .map(({ id }) => id)
      .filter((id) => id === present || (!others.includes(id) && canConnect(free, ...wireTo(id)) === null));
  }
  return (
    <Field label={label} help={t('inspector.wires.fitting', { help })}>
      {(id) => (
        <Select
          id={id}
          data={[NOTHING, ...possible.map((other) => ({ value: other, label: other }))]}
          onFocus={() => setNear(true)}
          onBlur={() => setNear(false)}
          value={present ?? ''}
          onChange={(other) =>
            edit((doc) => (other ? connect(without(doc), ...wireTo(other)) : without(doc)))
          }
        />
      )}
    </Field>
  );
}

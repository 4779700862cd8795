import { Select } from '@mantine/core';
import { canConnect, connect, disconnect } from '../../shared/document/edits';
import type { GraphDocument } from '../../shared/document/graph-document';
import type { DrawingNode } from '../../shared/plan/drawing';
import { wiringOf } from '../../shared/plan/wiring';
import { edit, useDocument } from '../state/document-store';
import { Field, Section } from './field';

const NOTHING = { value: '', label: 'nothing' };

/** The wires of a block of the encoder, to be drawn and taken off without a pointer. */
export function WireFields({ node: { id, kind } }: { readonly node: DrawingNode }) {
  const document = useDocument((state) => state.history.present);
  const { previous, next } = wiringOf(document);
  return (
    <Section title="Wires">
      {kind !== 'input' && (
        <WireField
          label="From"
          help="The block whose output this one takes in."
          present={previous.get(id)}
          wireTo={(other) => [other, id]}
        />
      )}
      {kind !== 'code' && (
        <WireField
          label="To"
          help="The block that takes in this one’s output."
          present={next.get(id)}
          wireTo={(other) => [id, other]}
        />
      )}
    </Section>
  );
}

interface WireFieldProps {
  readonly label: string;
  readonly help: string;
  /** The block at the other end of the wire that is there now. */
  readonly present: string | undefined;
  /** The two ends of a wire to another block. */
  readonly wireTo: (other: string) => readonly [from: string, to: string];
}

function WireField({ label, help, present, wireTo }: WireFieldProps) {
  const document = useDocument((state) => state.history.present);
  const without = (doc: GraphDocument) => (present === undefined ? doc : disconnect(doc, ...wireTo(present)));
  const free = without(document);
  const possible = document.blocks.filter(
    ({ id }) => id === present || canConnect(free, ...wireTo(id)) === null,
  );
  return (
    <Field label={label} help={`${help} Only blocks that fit are listed.`}>
      {(id) => (
        <Select
          id={id}
          data={[NOTHING, ...possible.map((block) => ({ value: block.id, label: block.id }))]}
          value={present ?? ''}
          onChange={(other) =>
            edit((doc) => (other ? connect(without(doc), ...wireTo(other)) : without(doc)))
          }
        />
      )}
    </Field>
  );
}

import { Select, Switch } from '@mantine/core';
import { blockOf } from '../../shared/blocks/catalogue';
import { setSkip, setTied } from '../../shared/document/edits';
import { twinId } from '../../shared/plan/mirror';
import { possibleSkips, skipOf } from '../../shared/plan/skips';
import { isTied } from '../../shared/plan/tied';
import { JOINS, type Join } from '../../shared/tensors/join';
import { edit, useDocument } from '../state/document-store';
import { Field, Section } from './field';

const NONE = { value: '', label: 'None' };
const LABELS: Readonly<Record<Join, string>> = { add: 'Add', concat: 'Concatenate' };

/** What is set between a block and its twin, shown at both of them. */
export function TwinFields({ blockId }: { readonly blockId: string }) {
  const document = useDocument((state) => state.history.present);
  const block = document.blocks.find(({ id }) => id === blockId);
  if (!block) return null;
  const joins = possibleSkips(document, block);
  const tieable = blockOf(block.type)?.tiedMirror !== undefined;
  if (joins.length === 0 && !tieable) return null;
  const skip = skipOf(document, block);
  return (
    <Section title={`Between ${blockId} and ${twinId(blockId)}`}>
      {joins.length > 0 && (
        <Field
          label="Skip"
          help="Leads what the block gives out around the code to its twin, added to what comes in there or beside it. Detail then need not pass the code, which alone no longer makes a picture. Only what fits is listed."
        >
          {(id) => (
            <Select
              id={id}
              data={[NONE, ...joins.map((value) => ({ value, label: LABELS[value] }))]}
              value={skip ?? ''}
              onChange={(chosen) => {
                const join = JOINS.find((name) => name === chosen) ?? null;
                edit((doc) => setSkip(doc, blockId, join));
              }}
            />
          )}
        </Field>
      )}
      {tieable && (
        <Field
          label="Tied weights"
          help="The twin uses the kernel of its encoder block, transposed, and has only a bias of its own: about half the parameters for the two."
          note={skip === 'concat' && 'Not with a concatenated skip: the twin takes twice the channels.'}
        >
          {(id) => (
            <Switch
              id={id}
              checked={isTied(document, block)}
              disabled={skip === 'concat'}
              onChange={(event) => {
                const tied = event.currentTarget.checked;
                edit((doc) => setTied(doc, blockId, tied));
              }}
            />
          )}
        </Field>
      )}
    </Section>
  );
}

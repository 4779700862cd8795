import { Select } from '@mantine/core';
import { setSkip } from '../../shared/document/edits';
import { twinId } from '../../shared/plan/mirror';
import { possibleSkips, skipOf } from '../../shared/plan/skips';
import { JOINS, type Join } from '../../shared/tensors/join';
import { edit, useDocument } from '../state/document-store';
import { Field, Section } from './field';

const NONE = { value: '', label: 'None' };
const LABELS: Readonly<Record<Join, string>> = { add: 'Add', concat: 'Concatenate' };

/** What is set between a block and its twin, shown at both of them. */
export function TwinFields({ blockId }: { readonly blockId: string }) {
  const document = useDocument((state) => state.history.present);
  const block = document.blocks.find(({ id }) => id === blockId);
  const joins = block ? possibleSkips(block) : [];
  if (!block || joins.length === 0) return null;
  return (
    <Section title={`Between ${blockId} and ${twinId(blockId)}`}>
      <Field
        label="Skip"
        help="Leads what the block gives out around the code to its twin, added to what comes in there or beside it. Detail then need not pass the code, which alone no longer makes a picture. Only what fits is listed."
      >
        {(id) => (
          <Select
            id={id}
            data={[NONE, ...joins.map((value) => ({ value, label: LABELS[value] }))]}
            value={skipOf(document, block) ?? ''}
            onChange={(chosen) => {
              const join = JOINS.find((name) => name === chosen) ?? null;
              edit((doc) => setSkip(doc, blockId, join));
            }}
          />
        )}
      </Field>
    </Section>
  );
}

import { Select, Switch } from '@mantine/core';
import { blockOf } from '../../shared/blocks/catalogue';
import { setSkip, setTied } from '../../shared/document/edits';
import { twinId } from '../../shared/plan/mirror';
import { possibleSkips, skipOf } from '../../shared/plan/skips';
import { isTied } from '../../shared/plan/tied';
import { JOINS, type Join } from '../../shared/tensors/join';
import { edit, useDocument } from '../state/document-store';
import { t } from '../strings/strings';
import { Field, Section } from './field';

const NONE = { value: '', label: t('inspector.twin.none') };
const LABELS: Readonly<Record<Join, string>> = {
  add: t('inspector.twin.add'),
  concat: t('inspector.twin.concat'),
};

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
    <Section title={t('inspector.twin.title', { block: blockId, twin: twinId(blockId) })}>
      {joins.length > 0 && (
        <Field label={t('inspector.twin.skip')} help={t('inspector.twin.skipHelp')}>
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
          label={t('inspector.twin.tied')}
          help={t('inspector.twin.tiedHelp')}
          note={skip === 'concat' && t('inspector.twin.notTied')}
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

import { TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { MAX_BLOCK_NAME } from '../../shared/document/document-schema';
import { renameBlock } from '../../shared/document/edits';
import type { DrawingNode } from '../../shared/plan/drawing';
import { edit } from '../state/document-store';
import { t } from '../strings/strings';
import { Field } from './field';

/** What a block is called; empty, it goes by its kind. */
export function NameField({ node }: { readonly node: DrawingNode }) {
  const name = node.label === node.kindLabel ? '' : node.label;
  const [draft, setDraft] = useState(name);
  useEffect(() => setDraft(name), [name]);
  const finish = () => {
    if (draft !== name) edit((document) => renameBlock(document, node.id, draft));
  };
  return (
    <Field label={t('canvas.name')} help={t('canvas.nameHelp')}>
      {(id) => (
        <TextInput
          id={id}
          value={draft}
          placeholder={node.kindLabel}
          maxLength={MAX_BLOCK_NAME}
          onChange={(event) => setDraft(event.currentTarget.value)}
          onBlur={finish}
          onKeyDown={(event) => {
            if (event.key === 'Enter') finish();
            else if (event.key === 'Escape') {
              setDraft(name);
              event.stopPropagation();
            }
          }}
        />
      )}
    </Field>
  );
}

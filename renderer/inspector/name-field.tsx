import { TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { MAX_BLOCK_NAME } from '../../shared/document/document-schema';
import { renameBlock } from '../../shared/document/edits';
import { edit } from '../state/document-store';
import { t } from '../strings/strings';
import { Field } from './field';

interface NameFieldProps {
  readonly nodeId: string;
  /** Empty where it goes by its kind. */
  readonly name: string;
  /** What it goes by then. */
  readonly placeholder: string;
}

/** What a block or a group is called; empty, a block goes by its kind. */
export function NameField({ nodeId, name, placeholder }: NameFieldProps) {
  const [draft, setDraft] = useState(name);
  useEffect(() => setDraft(name), [name]);
  const finish = () => {
    if (draft !== name) edit((document) => renameBlock(document, nodeId, draft));
  };
  return (
    <Field label={t('canvas.name')} help={t('canvas.nameHelp')}>
      {(id) => (
        <TextInput
          id={id}
          value={draft}
          placeholder={placeholder}
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

import { TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { KeptRun } from '../../shared/ipc/contract';
import { t } from '../strings/strings';
import { nameOfRun } from './run-name';
import { labelRun } from './runs-store';

/** Renames a run: Enter or leaving the field takes the name, Escape does not. An empty one is the drawing's again. */
export function RunNameField({ run, onDone }: { readonly run: KeptRun; readonly onDone: () => void }) {
  const [name, setName] = useState(nameOfRun(run));
  const field = useRef<HTMLInputElement>(null);
  const isGivenUp = useRef(false);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const take = () => {
    if (!isGivenUp.current && name.trim() !== nameOfRun(run))
      void labelRun(run.id, { name: name.trim().slice(0, 200) });
    isGivenUp.current = true;
    onDone();
  };
  return (
    <TextInput
      ref={field}
      size="xs"
      aria-label={t('runs.renameLabel')}
      value={name}
      maxLength={200}
      onChange={(event) => setName(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        if (event.key === 'Escape') isGivenUp.current = true;
        // The row takes the focus back, so that its keys go on working.
        const row = event.currentTarget.closest<HTMLElement>('[data-run]');
        take();
        row?.focus();
      }}
    />
  );
}

import { TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';

interface TextFieldProps {
  readonly id: string;
  readonly value: string;
  readonly maxLength: number;
  readonly invalid?: boolean;
  readonly disabled?: boolean | undefined;
  readonly onChange: (value: string) => void;
}

/** A line of text that is handed on when its change is finished; one that is emptied goes back to what it was. */
export function TextField({ id, value, maxLength, invalid, disabled, onChange }: TextFieldProps) {
  const [draft, setDraft] = useState(value);
  useEffect(() => setDraft(value), [value]);

  const finish = () => {
    if (draft === '') setDraft(value);
    else if (draft !== value) onChange(draft);
  };
  return (
    <TextInput
      id={id}
      value={draft}
      maxLength={maxLength}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === 'Enter') finish();
        else if (event.key === 'Escape') {
          setDraft(value);
          event.stopPropagation();
        }
      }}
      error={invalid}
      disabled={disabled}
    />
  );
}

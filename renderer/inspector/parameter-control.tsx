import { Select, Switch } from '@mantine/core';
import type { ParameterEntry, ParameterValue } from '../../shared/blocks/parameter';
import { t } from '../strings/strings';
import { Field } from './field';
import { NumberField } from './number-field';
import { PictureField } from './picture-field';
import { TextField } from './text-field';

interface ParameterControlProps {
  readonly entry: ParameterEntry;
  readonly value: ParameterValue;
  /** Called once a change is finished: on Enter, on leaving the field, on each spin of the arrows. */
  readonly onChange: (value: ParameterValue) => void;
  /** What is wrong with the present value, shown under the control. */
  readonly problem?: string | undefined;
  /** A word on where the value counts, and what undoes it. */
  readonly note?: React.ReactNode;
  readonly disabled?: boolean;
}

/** The form control that a block's parameter entry asks for. */
export function ParameterControl({ entry, value, onChange, problem, note, disabled }: ParameterControlProps) {
  return (
    <Field label={entry.label} help={helpOf(entry)} problem={problem} note={note}>
      {(id) => controlOf(entry, { id, value, onChange, invalid: problem !== undefined, disabled })}
    </Field>
  );
}

interface ControlProps extends Pick<ParameterControlProps, 'value' | 'onChange' | 'disabled'> {
  readonly id: string;
  readonly invalid: boolean;
}

function controlOf(entry: ParameterEntry, { id, value, onChange, invalid, disabled }: ControlProps) {
  switch (entry.kind) {
    case 'integer':
    case 'number':
      return (
        <NumberField
          id={id}
          value={Number(value)}
          min={entry.min}
          max={entry.max}
          step={entry.kind === 'integer' ? 1 : entry.step}
          whole={entry.kind === 'integer'}
          unit={entry.unit}
          onChange={onChange}
          invalid={invalid}
          disabled={disabled}
        />
      );
    case 'choice':
      return (
        <Select
          id={id}
          data={entry.options.map((option) => ({ value: option.value, label: option.label }))}
          value={String(value)}
          onChange={(next) => next !== null && onChange(next)}
          error={invalid}
          disabled={disabled}
        />
      );
    case 'text':
      return (
        <TextField
          id={id}
          value={String(value)}
          maxLength={entry.max}
          onChange={onChange}
          invalid={invalid}
          disabled={disabled}
        />
      );
    case 'picture':
      return (
        <PictureField id={id} value={String(value)} max={entry.max} onChange={onChange} disabled={disabled} />
      );
    case 'toggle':
      return (
        <Switch
          id={id}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
          disabled={disabled}
        />
      );
  }
}

/** What the parameter is; of a number also the range it may have. */
function helpOf(entry: ParameterEntry): string {
  if (!('min' in entry)) return entry.help;
  const unit = entry.unit ? ` ${entry.unit}` : '';
  const range = { help: entry.help, least: entry.min, most: entry.max.toLocaleString('en'), unit };
  return t('inspector.range', range);
}

import { NumberInput, Select, Switch } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { ParameterEntry, ParameterValue } from '../../shared/blocks/parameter';
import { Field } from './field';

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
  switch (entry.kind) {
    case 'integer':
      return (
        <Field label={entry.label} help={rangeHelp(entry)} problem={problem} note={note}>
          {(id) => (
            <NumberField
              id={id}
              value={Number(value)}
              min={entry.min}
              max={entry.max}
              step={1}
              whole
              unit={entry.unit}
              onChange={onChange}
              invalid={problem !== undefined}
              disabled={disabled}
            />
          )}
        </Field>
      );
    case 'number':
      return (
        <Field label={entry.label} help={rangeHelp(entry)} problem={problem} note={note}>
          {(id) => (
            <NumberField
              id={id}
              value={Number(value)}
              min={entry.min}
              max={entry.max}
              step={entry.step}
              unit={entry.unit}
              onChange={onChange}
              invalid={problem !== undefined}
              disabled={disabled}
            />
          )}
        </Field>
      );
    case 'choice':
      return (
        <Field label={entry.label} help={entry.help} problem={problem} note={note}>
          {(id) => (
            <Select
              id={id}
              data={entry.options.map((option) => ({ value: option.value, label: option.label }))}
              value={String(value)}
              onChange={(next) => next !== null && onChange(next)}
              error={problem !== undefined}
              disabled={disabled}
            />
          )}
        </Field>
      );
    case 'toggle':
      return (
        <Field label={entry.label} help={entry.help} problem={problem} note={note}>
          {(id) => (
            <Switch
              id={id}
              checked={value === true}
              onChange={(event) => onChange(event.currentTarget.checked)}
              disabled={disabled}
            />
          )}
        </Field>
      );
  }
}

function rangeHelp(entry: Extract<ParameterEntry, { min: number }>): string {
  const unit = entry.unit ? ` ${entry.unit}` : '';
  return `${entry.help} From ${entry.min} to ${entry.max.toLocaleString('en')}${unit}.`;
}

interface NumberFieldProps {
  readonly id: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly whole?: boolean;
  readonly unit?: string | undefined;
  readonly invalid?: boolean;
  readonly disabled?: boolean | undefined;
  readonly onChange: (value: number) => void;
}

/**
 * A number that is handed on when its change is finished, so that typing “256” is one edit and not three. What can't
 * be read as a number goes back to what it was; what is out of range is brought to the nearest end.
 */
export function NumberField({
  id,
  value,
  min,
  max,
  step,
  whole = false,
  unit,
  invalid,
  disabled,
  onChange,
}: NumberFieldProps) {
  const [draft, setDraft] = useState<string | number>(value);
  useEffect(() => setDraft(value), [value]);

  const finish = (text: string | number) => {
    const read = typeof text === 'number' ? text : Number.parseFloat(text);
    if (!Number.isFinite(read)) {
      setDraft(value);
      return;
    }
    const within = Math.min(max, Math.max(min, whole ? Math.round(read) : read));
    setDraft(within);
    if (within !== value) onChange(within);
  };
  const spin = (direction: 1 | -1, large: boolean) => {
    const from = typeof draft === 'number' ? draft : Number.parseFloat(draft);
    const size = step * (large ? 10 : 1);
    const next = (Number.isFinite(from) ? from : value) + direction * size;
    finish(Number(next.toPrecision(12)));
  };

  return (
    <NumberInput
      id={id}
      value={draft}
      onChange={setDraft}
      onBlur={() => finish(draft)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') {
          finish(draft);
          event.currentTarget.select();
        } else if (event.key === 'Escape') {
          setDraft(value);
          event.stopPropagation();
        } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
          event.preventDefault();
          spin(event.key === 'ArrowUp' ? 1 : -1, event.shiftKey);
        }
      }}
      onFocus={(event) => event.currentTarget.select()}
      allowDecimal={!whole}
      allowNegative={min < 0}
      hideControls
      withKeyboardEvents={false}
      rightSection={unit ? <span className="hg-unit">{unit}</span> : undefined}
      rightSectionWidth={unit ? 8 + unit.length * 7 : undefined}
      error={invalid}
      disabled={disabled}
    />
  );
}

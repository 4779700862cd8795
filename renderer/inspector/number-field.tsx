import { NumberInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Field } from './field';

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
      withKeyboardEvents={false}
      rightSection={unit ? <span className="hg-unit">{unit}</span> : undefined}
      rightSectionWidth={unit ? 8 + unit.length * 7 : undefined}
      error={invalid}
      disabled={disabled}
    />
  );
}

interface NumberSettingProps extends Omit<NumberFieldProps, 'id'> {
  readonly label: string;
  readonly help: string;
  /** Worth knowing of the present value, shown below. */
  readonly note?: string | undefined;
}

/** A number with its label and help. */
export function NumberSetting({ label, help, note, ...number }: NumberSettingProps) {
  return (
    <Field label={label} help={help} note={note}>
      {(id) => <NumberField id={id} {...number} />}
    </Field>
  );
}

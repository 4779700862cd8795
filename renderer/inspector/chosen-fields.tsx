import { Select } from '@mantine/core';
import type { Chosen } from '../../shared/blocks/chosen';
import type { ParameterEntries } from '../../shared/blocks/parameter';
import { Field } from './field';
import { ParameterControl } from './parameter-control';

interface Choosable {
  readonly type: string;
  readonly label: string;
  /** One sentence, shown while it is chosen. */
  readonly help: string;
  readonly params: ParameterEntries;
}

interface ChosenFieldsProps {
  readonly label: string;
  readonly help: string;
  readonly catalogue: readonly Choosable[];
  readonly value: Chosen;
  /** What is chosen when a type is, with its parameters. */
  readonly create: (type: string) => Chosen;
  readonly onChange: (chosen: Chosen) => void;
}

/** A choice from a catalogue (an optimizer, a schedule), and the parameters of what is chosen. */
export function ChosenFields({ label, help, catalogue, value, create, onChange }: ChosenFieldsProps) {
  const chosen = catalogue.find(({ type }) => type === value.type);
  return (
    <>
      <Field label={label} help={`${help} ${chosen?.help ?? ''}`}>
        {(id) => (
          <Select
            id={id}
            data={catalogue.map(({ type, label }) => ({ value: type, label }))}
            value={value.type}
            onChange={(type) => {
              if (type !== null && type !== value.type) onChange(create(type));
            }}
          />
        )}
      </Field>
      {Object.entries(chosen?.params ?? {}).map(([name, entry]) => (
        <ParameterControl
          key={`${value.type} ${name}`}
          entry={entry}
          value={value[name] ?? entry.default}
          onChange={(next) => onChange({ ...value, [name]: next })}
        />
      ))}
    </>
  );
}

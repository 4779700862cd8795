import { Select } from '@mantine/core';
import type { Loss } from '../../shared/document/graph-document';
import { Field } from './field';

const LOSSES: readonly { readonly value: Loss; readonly label: string }[] = [
  { value: 'mse', label: 'Mean squared error' },
  { value: 'bce', label: 'Binary cross-entropy' },
];

interface LossFieldProps {
  readonly value: Loss;
  readonly onChange: (loss: Loss) => void;
}

/** Chooses the loss; it is both a hyperparameter and a setting of the output. */
export function LossField({ value, onChange }: LossFieldProps) {
  return (
    <Field label="Loss" help="What training lowers: how far the reconstruction is from the input.">
      {(id) => (
        <Select
          id={id}
          data={[...LOSSES]}
          value={value}
          onChange={(chosen) => {
            const loss = LOSSES.find((option) => option.value === chosen)?.value;
            if (loss) onChange(loss);
          }}
        />
      )}
    </Field>
  );
}

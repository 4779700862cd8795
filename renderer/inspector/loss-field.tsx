import { Select } from '@mantine/core';
import { type Loss, losses, lossOf } from '../../shared/losses/catalogue';
import { t } from '../strings/strings';
import { Field } from './field';

interface LossFieldProps {
  readonly label?: string;
  readonly value: Loss;
  readonly onChange: (loss: Loss) => void;
}

/** Chooses the loss; it is both a hyperparameter and a setting of the output. */
export function LossField({ label = t('inspector.loss.label'), value, onChange }: LossFieldProps) {
  return (
    <Field label={label} help={t('inspector.loss.help', { help: lossOf(value).help })}>
      {(id) => (
        <Select
          id={id}
          data={losses.map(({ type, label }) => ({ value: type, label }))}
          value={value}
          onChange={(chosen) => {
            const loss = losses.find(({ type }) => type === chosen)?.type;
            if (loss) onChange(loss);
          }}
        />
      )}
    </Field>
  );
}

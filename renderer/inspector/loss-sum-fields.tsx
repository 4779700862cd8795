import { Button, Group } from '@mantine/core';
import { setOutput } from '../../shared/document/edits';
import { type Loss, losses } from '../../shared/losses/catalogue';
import type { OutputSettings, WeightedLoss } from '../../shared/losses/loss-sum';
import { edit } from '../state/document-store';
import { t } from '../strings/strings';
import { LossField } from './loss-field';
import { NumberSetting } from './number-field';

/** What an added loss counts for until it is told: little, as the first one leads. */
const ADDED_WEIGHT = 0.2;

interface LossSumFieldsProps {
  readonly output: OutputSettings;
  /** Chooses the first loss, where more follows from that than the loss itself. */
  readonly onFirst?: (loss: Loss) => void;
}

/** The loss of the output, or the weighted sum of several: terms are added, weighed and removed. */
export function LossSumFields({ output, onFirst }: LossSumFieldsProps) {
  const { loss, lossWeight = 1, addedLosses = [] } = output;
  const change = (next: Partial<OutputSettings>) => edit((document) => setOutput(document, next));
  const used = new Set<Loss>([loss, ...addedLosses.map((term) => term.loss)]);
  const unused = losses.find(({ type }) => !used.has(type))?.type;
  const replaced = (at: number, term: WeightedLoss) =>
    addedLosses.map((other, index) => (index === at ? term : other));
  const without = (at: number) => {
    const left = addedLosses.filter((_, index) => index !== at);
    change({ addedLosses: left, ...(left.length === 0 && { lossWeight: 1 }) });
  };
  return (
    <>
      <LossField value={loss} onChange={onFirst ?? ((chosen) => change({ loss: chosen }))} />
      {(addedLosses.length > 0 || lossWeight !== 1) && (
        <LossWeight
          label={t('inspector.loss.weight', { number: 1 })}
          value={lossWeight}
          onChange={(weight) => change({ lossWeight: weight })}
        />
      )}
      {addedLosses.map((term, index) => (
        <div key={term.loss}>
          <LossField
            label={t('inspector.loss.numbered', { number: index + 2 })}
            value={term.loss}
            onChange={(chosen) => change({ addedLosses: replaced(index, { ...term, loss: chosen }) })}
          />
          <LossWeight
            label={t('inspector.loss.weight', { number: index + 2 })}
            value={term.weight}
            onChange={(weight) => change({ addedLosses: replaced(index, { ...term, weight }) })}
          />
        </div>
      ))}
      <Group px={10} py={2} gap={4}>
        {unused && (
          <Button
            variant="default"
            size="compact-xs"
            onClick={() => change({ addedLosses: [...addedLosses, { loss: unused, weight: ADDED_WEIGHT }] })}
          >
            {t('inspector.loss.add')}
          </Button>
        )}
        {addedLosses.map((term, index) => (
          <Button key={term.loss} variant="default" size="compact-xs" onClick={() => without(index)}>
            {t('inspector.loss.remove', { number: index + 2 })}
          </Button>
        ))}
      </Group>
    </>
  );
}

interface LossWeightProps {
  readonly label: string;
  readonly value: number;
  readonly onChange: (weight: number) => void;
}

function LossWeight({ label, value, onChange }: LossWeightProps) {
  return (
    <NumberSetting
      label={label}
      help={t('inspector.loss.weightHelp')}
      value={value}
      min={1e-6}
      max={1e6}
      step={0.1}
      onChange={onChange}
    />
  );
}

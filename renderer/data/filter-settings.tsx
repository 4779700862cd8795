import { Button, MultiSelect } from '@mantine/core';
import type { DataFilter, DataReference } from '../../shared/document/data-reference';
import type { DatasetSummary } from '../../shared/ipc/contract';
import { Field } from '../inspector/field';
import { NumberSetting } from '../inspector/number-field';
import { t } from '../strings/strings';
import { chooseData } from './data-store';

interface FilterSettingsProps {
  readonly reference: DataReference;
  /** Null where the data are not there; the filter may be the reason. */
  readonly dataset: DatasetSummary | null;
}

/** Which samples are trained on: by label, by place, and how many of these are kept out all the same. */
export function FilterSettings({ reference, dataset }: FilterSettingsProps) {
  const { filter } = reference;
  const change = (next: Partial<DataFilter>) =>
    chooseData(withFilter(reference, { heldOut: 0, ...filter, ...next }));
  const labels = dataset?.labels ?? [];
  const names = [
    ...new Set([...labels.map(({ name }) => name), ...(filter?.include ?? []), ...(filter?.exclude ?? [])]),
  ];
  const counts = new Map(labels.map(({ name, count }) => [name, count]));
  const options = names.map((name) => ({
    value: name,
    label: `${name} (${(counts.get(name) ?? 0).toLocaleString('en')})`,
  }));
  return (
    <>
      {names.length > 0 && (
        <>
          <LabelsField
            label={t('data.filter.include')}
            help={t('data.filter.includeHelp')}
            placeholder={t('data.filter.all')}
            options={options}
            value={filter?.include ?? []}
            onChange={(include) => change({ include })}
          />
          <LabelsField
            label={t('data.filter.exclude')}
            help={t('data.filter.excludeHelp')}
            placeholder={t('data.filter.none')}
            options={options}
            value={filter?.exclude ?? []}
            onChange={(exclude) => change({ exclude })}
          />
        </>
      )}
      {dataset && <RowFields filter={filter} dataset={dataset} change={change} />}
      <NumberSetting
        label={t('data.splits.held-out')}
        help={t('data.filter.heldOutHelp')}
        value={Math.round(1000 * (filter?.heldOut ?? 0)) / 10}
        min={0}
        max={99}
        step={1}
        unit="%"
        onChange={(value) => change({ heldOut: value / 100 })}
      />
      {filter && (
        <Button variant="subtle" onClick={() => chooseData(withFilter(reference, { heldOut: 0 }))}>
          {t('data.filter.everything')}
        </Button>
      )}
    </>
  );
}

/** A filter that lets everything through is none. */
function withFilter(reference: DataReference, filter: DataFilter): DataReference {
  const { filter: _, ...bare } = reference;
  const { include, exclude, rows, heldOut } = filter;
  return include || exclude || rows || heldOut > 0 ? { ...bare, filter } : bare;
}

function RowFields({
  filter,
  dataset,
  change,
}: {
  readonly filter: DataFilter | undefined;
  readonly dataset: DatasetSummary;
  readonly change: (next: Partial<DataFilter>) => void;
}) {
  const { counts } = dataset;
  const total = counts.train + counts.validation + counts['held-out'] + counts.excluded;
  const { from, to } = filter?.rows ?? { from: 0, to: total };
  const set = (rows: { from: number; to: number }) =>
    change({ rows: rows.from === 0 && rows.to === total ? undefined : rows });
  return (
    <>
      <NumberSetting
        label={t('data.filter.from')}
        help={t('data.filter.fromHelp')}
        value={from + 1}
        min={1}
        max={to}
        step={1}
        whole
        onChange={(value) => set({ from: value - 1, to })}
      />
      <NumberSetting
        label={t('data.filter.to')}
        help={t('data.filter.toHelp')}
        value={to}
        min={from + 1}
        max={total}
        step={1}
        whole
        onChange={(value) => set({ from, to: value })}
      />
    </>
  );
}

function LabelsField({
  label,
  help,
  placeholder,
  options,
  value,
  onChange,
}: {
  readonly label: string;
  readonly help: string;
  readonly placeholder: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly value: readonly string[];
  readonly onChange: (names: string[] | undefined) => void;
}) {
  return (
    <Field label={label} help={help}>
      {(id) => (
        <MultiSelect
          id={id}
          placeholder={value.length === 0 ? placeholder : ''}
          data={[...options]}
          value={[...value]}
          searchable={options.length > 10}
          clearable
          onChange={(chosen) => onChange(chosen.length > 0 ? chosen : undefined)}
        />
      )}
    </Field>
  );
}

import { MultiSelect, Select, Switch } from '@mantine/core';
import {
  type DataReference,
  DELIMITERS,
  type LabelColumn,
  SCALINGS,
  type Scaling,
} from '../../shared/document/data-reference';
import { Field } from '../inspector/field';
import { t } from '../strings/strings';
import { chooseData } from './data-store';

type Table = Extract<DataReference, { kind: 'table' }>;

const LABEL_PLACES = ['none', 'first', 'last'] as const;
/** More columns than this are no list to choose from. */
const COLUMNS_LISTED = 200;

/** How the numbers of the data are scaled. */
export function ScalingField({ reference }: { readonly reference: DataReference & { scaling?: Scaling } }) {
  return (
    <Field label={t('data.scaling')} help={t('data.scalingHelp')}>
      {(id) => (
        <Select
          id={id}
          allowDeselect={false}
          data={SCALINGS.map((value) => ({ value, label: t(`data.scalings.${value}`) }))}
          value={reference.scaling ?? 'none'}
          onChange={(value) => {
            const scaling = SCALINGS.find((one) => one === value);
            if (scaling && (reference.kind === 'table' || reference.kind === 'npy')) {
              chooseData({ ...reference, scaling });
            }
          }}
        />
      )}
    </Field>
  );
}

/** Whether samples are signals. */
export function SeriesField({
  series,
  onChange,
}: {
  readonly series: boolean;
  readonly onChange: (series: boolean) => void;
}) {
  return (
    <Field label={t('data.series')} help={t('data.seriesHelp')}>
      {(id) => (
        <Switch id={id} checked={series} onChange={(event) => onChange(event.currentTarget.checked)} />
      )}
    </Field>
  );
}

interface TableSettingsProps {
  readonly reference: Table;
  /** Names of all columns in the file; null while they are not known. */
  readonly columns: readonly string[] | null;
}

/** How a table is read: its label column, its columns, its form. */
export function TableSettings({ reference, columns }: TableSettingsProps) {
  const change = (next: Partial<Table>) => chooseData({ ...reference, ...next });
  return (
    <>
      <LabelField reference={reference} columns={columns ?? []} onChange={(label) => change({ label })} />
      {columns && columns.length <= COLUMNS_LISTED && (
        <ColumnsField
          reference={reference}
          columns={columns}
          onChange={(used) => change({ columns: used })}
        />
      )}
      <SeriesField series={reference.series} onChange={(series) => change({ series })} />
      <ScalingField reference={reference} />
      <FormFields reference={reference} change={change} />
    </>
  );
}

function LabelField({
  reference,
  columns,
  onChange,
}: {
  readonly reference: Table;
  readonly columns: readonly string[];
  readonly onChange: (label: LabelColumn) => void;
}) {
  const { label } = reference;
  const named = new Set([...columns, ...(typeof label === 'string' ? [] : [label.column])]);
  return (
    <Field label={t('data.label')} help={t('data.labelHelp')}>
      {(id) => (
        <Select
          id={id}
          allowDeselect={false}
          searchable={named.size > 10}
          data={[
            { value: 'none', label: t('data.noLabel') },
            { value: 'first', label: t('data.firstColumn') },
            { value: 'last', label: t('data.lastColumn') },
            ...[...named].map((name) => ({ value: `column ${name}`, label: name })),
          ]}
          value={typeof label === 'string' ? label : `column ${label.column}`}
          onChange={(value) => {
            if (value === null) return;
            onChange(
              LABEL_PLACES.find((place) => place === value) ?? { column: value.replace(/^column /, '') },
            );
          }}
        />
      )}
    </Field>
  );
}

function ColumnsField({
  reference,
  columns,
  onChange,
}: {
  readonly reference: Table;
  readonly columns: readonly string[];
  readonly onChange: (used: string[] | undefined) => void;
}) {
  const used = reference.columns ?? [];
  return (
    <Field label={t('data.columns')} help={t('data.columnsHelp')}>
      {(id) => (
        <MultiSelect
          id={id}
          placeholder={used.length === 0 ? t('data.allColumns') : ''}
          data={[...columns]}
          value={[...used]}
          searchable
          clearable
          onChange={(chosen) => onChange(chosen.length > 0 ? chosen : undefined)}
        />
      )}
    </Field>
  );
}

function FormFields({
  reference,
  change,
}: {
  readonly reference: Table;
  readonly change: (next: Partial<Table>) => void;
}) {
  const { delimiter, header } = reference;
  return (
    <>
      <Field label={t('data.delimiter')} help={t('data.delimiterHelp')}>
        {(id) => (
          <Select
            id={id}
            allowDeselect={false}
            data={[
              { value: 'found', label: t('data.foundOut') },
              ...DELIMITERS.map((value) => ({ value, label: t(`data.delimiters.${value}`) })),
            ]}
            value={delimiter ?? 'found'}
            onChange={(value) => change({ delimiter: DELIMITERS.find((one) => one === value) })}
          />
        )}
      </Field>
      <Field label={t('data.header')} help={t('data.headerHelp')}>
        {(id) => (
          <Select
            id={id}
            allowDeselect={false}
            data={[
              { value: 'found', label: t('data.foundOut') },
              { value: 'yes', label: t('data.yes') },
              { value: 'no', label: t('data.no') },
            ]}
            value={header === undefined ? 'found' : header ? 'yes' : 'no'}
            onChange={(value) => change({ header: value === 'found' ? undefined : value === 'yes' })}
          />
        )}
      </Field>
    </>
  );
}

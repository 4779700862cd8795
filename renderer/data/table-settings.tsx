import { MultiSelect, Select, Switch } from '@mantine/core';
import {
  type DataReference,
  DELIMITERS,
  type Delimiter,
  type LabelColumn,
  SCALINGS,
  type Scaling,
} from '../../shared/document/data-reference';
import { Field } from '../inspector/field';
import { chooseData } from './data-store';

type Table = Extract<DataReference, { kind: 'table' }>;

const SCALING_LABELS: Readonly<Record<Scaling, string>> = {
  none: 'None',
  standardise: 'Standardise',
  'min-max': 'Min–max (0–1)',
};
const DELIMITER_LABELS: Readonly<Record<Delimiter, string>> = {
  comma: 'Comma',
  semicolon: 'Semicolon',
  tab: 'Tab',
  space: 'Spaces',
};
const LABEL_PLACES = ['none', 'first', 'last'] as const;
/** More columns than this are no list to choose from. */
const COLUMNS_LISTED = 200;

/** How the numbers of the data are scaled. */
export function ScalingField({ reference }: { readonly reference: DataReference & { scaling?: Scaling } }) {
  return (
    <Field
      label="Scaling"
      help="Fitted on the training samples alone, kept with the model and undone on output. Errors are told in this scale."
    >
      {(id) => (
        <Select
          id={id}
          allowDeselect={false}
          data={SCALINGS.map((value) => ({ value, label: SCALING_LABELS[value] }))}
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
    <Field
      label="Series"
      help="Each sample is a signal along which convolutions may slide, rather than a picture or a list of unlike values."
    >
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
    <Field label="Label" help="The column that tells the class of a row. It is never trained on.">
      {(id) => (
        <Select
          id={id}
          allowDeselect={false}
          searchable={named.size > 10}
          data={[
            { value: 'none', label: 'None' },
            { value: 'first', label: 'First column' },
            { value: 'last', label: 'Last column' },
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
    <Field label="Columns" help="Those that make a sample; all but the label’s where none is chosen.">
      {(id) => (
        <MultiSelect
          id={id}
          placeholder={used.length === 0 ? 'All but the label' : ''}
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
      <Field label="Delimiter" help="Between the cells of text; Parquet has none.">
        {(id) => (
          <Select
            id={id}
            allowDeselect={false}
            data={[
              { value: 'found', label: 'Found out' },
              ...DELIMITERS.map((value) => ({ value, label: DELIMITER_LABELS[value] })),
            ]}
            value={delimiter ?? 'found'}
            onChange={(value) => change({ delimiter: DELIMITERS.find((one) => one === value) })}
          />
        )}
      </Field>
      <Field label="Header" help="Whether text begins with a line that names the columns.">
        {(id) => (
          <Select
            id={id}
            allowDeselect={false}
            data={[
              { value: 'found', label: 'Found out' },
              { value: 'yes', label: 'Yes' },
              { value: 'no', label: 'No' },
            ]}
            value={header === undefined ? 'found' : header ? 'yes' : 'no'}
            onChange={(value) => change({ header: value === 'found' ? undefined : value === 'yes' })}
          />
        )}
      </Field>
    </>
  );
}

import { Button, Loader, Modal, SegmentedControl, Select } from '@mantine/core';
import { EXPORT_PARTS, type ExportPart } from '../../shared/export/export-part';
import { closeDialog, useDialog } from '../app/dialog-store';
import panel from '../app/panel.module.css';
import { nameOfRun } from '../runs/run-name';
import { useRuns } from '../runs/runs-store';
import { t } from '../strings/strings';
import styles from './export-dialog.module.css';
import { ExportResult } from './export-result';
import { cancelExport, choosePart, chooseRun, exportableRuns, useExport, writeExport } from './export-store';
import { FormatList } from './format-list';

/** Takes the model of a kept run to another program: which run, which format, which part of it; and what came of it. */
export function ExportDialog() {
  const open = useDialog((state) => state.open === 'export');
  return (
    <Modal
      opened={open}
      onClose={closeDialog}
      title={t('exports.title')}
      size={760}
      centered
      transitionProps={{ duration: 0 }}
    >
      <Form />
    </Modal>
  );
}

function Form() {
  useRuns((state) => state.listed);
  const { run, offers, format, part, writing, failure, report } = useExport();
  const runs = exportableRuns();
  const offer = offers?.find((each) => each.name === format);
  const problems = offer?.parts.find((each) => each.part === part)?.problems ?? [];
  const refusal = offer?.absent ?? problems[0];
  return (
    <>
      <Select
        label={t('exports.model')}
        data={runs.map((each) => ({ value: each.id, label: `${nameOfRun(each)} · ${ended(each.ended)}` }))}
        value={run}
        disabled={writing !== null}
        searchable
        nothingFoundMessage={t('exports.noRun')}
        onChange={(id) => id !== null && void chooseRun(id)}
      />
      <div className={styles.label}>{t('exports.part')}</div>
      <SegmentedControl
        aria-label={t('exports.part')}
        fullWidth
        data={EXPORT_PARTS.map((each) => ({ value: each, label: t(`exports.parts.${each}`) }))}
        value={part}
        disabled={writing !== null}
        onChange={(chosen) => choosePart(partOf(chosen))}
      />
      <p className={styles.help}>{t(`exports.partHelp.${part}`)}</p>
      <FormatList />
      {refusal && (
        <p className={panel.failure} role="alert">
          {refusal.message} {refusal.hint}
        </p>
      )}
      {failure && (
        <p className={panel.failure} role="alert">
          {failure.message} {failure.hint}
        </p>
      )}
      {report && <ExportResult report={report} />}
      <div className={styles.foot}>
        {writing !== null && (
          <span className={styles.going} role="status">
            <Loader size={12} />
            {t('exports.writing')}
          </span>
        )}
        {writing !== null ? (
          <Button size="xs" variant="default" onClick={cancelExport}>
            {t('exports.cancel')}
          </Button>
        ) : (
          <Button size="xs" variant="default" onClick={closeDialog}>
            {t('app.close')}
          </Button>
        )}
        <Button
          size="xs"
          disabled={!offer || refusal !== undefined || writing !== null}
          onClick={() => void writeExport()}
        >
          {t('exports.export')}
        </Button>
      </div>
    </>
  );
}

function partOf(chosen: string): ExportPart {
  return EXPORT_PARTS.find((each) => each === chosen) ?? 'whole';
}

function ended(time: number): string {
  return new Date(time).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
}

import { Button, Loader, Modal, SegmentedControl, Select } from '@mantine/core';
import { EXPORT_PARTS, type ExportPart } from '../../shared/export/export-part';
import { closeDialog, useDialog } from '../app/dialog-store';
import panel from '../app/panel.module.css';
import { useModel } from '../models/opened-model-store';
import { useRuns } from '../runs/runs-store';
import { t } from '../strings/strings';
import styles from './export-dialog.module.css';
import { ExportResult } from './export-result';
import { cancelExport, chooseModel, choosePart, modelOf, useExport, writeExport } from './export-store';
import { FormatList } from './format-list';
import { writeReport } from './report';
import { type ModelAtHand, trainedModels } from './trained-models';

/** Takes a trained model to another program: which one, which format, which part of it; and what came of it. */
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
  useModel((state) => state.model);
  const { model, offers, format, part, writing, failure, report } = useExport();
  const { own, kept } = trainedModels();
  const chosen = modelOf(model);
  const offer = offers?.find((each) => each.name === format);
  const problems = offer?.parts.find((each) => each.part === part)?.problems ?? [];
  const refusal = offer?.absent ?? problems[0];
  return (
    <>
      <Select
        label={t('exports.model')}
        data={[
          { group: t('exports.own'), items: own.map(optionOf) },
          { group: t('exports.kept'), items: kept.map(optionOf) },
        ].filter(({ items }) => items.length > 0)}
        value={chosen ? model : null}
        disabled={writing !== null}
        searchable
        nothingFoundMessage={t('exports.noRun')}
        onChange={(key) => key !== null && void chooseModel(key)}
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
        <Button
          size="xs"
          variant="subtle"
          mr="auto"
          disabled={!chosen || writing !== null}
          onClick={() => chosen && void writeReport(chosen.choice, chosen.name)}
        >
          {t('exports.report.button')}
        </Button>
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

function optionOf({ key, label }: ModelAtHand) {
  return { value: key, label };
}

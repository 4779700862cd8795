import { Radio, Skeleton } from '@mantine/core';
import { t } from '../strings/strings';
import styles from './export-dialog.module.css';
import { chooseFormat, useExport } from './export-store';

/** The formats, each with what opens it. */
export function FormatList() {
  const { offers, format, part, writing } = useExport();
  if (!offers) return <Skeleton height={120} my={8} aria-label={t('exports.asking')} />;
  return (
    <Radio.Group
      label={t('exports.format')}
      value={format}
      onChange={chooseFormat}
      size="xs"
      className={styles.formats}
    >
      <div className={styles.choices}>
        {offers.map(({ name, title, about, absent, parts, isChecked }) => {
          const offered = parts.find((each) => each.part === part);
          const isRefused = absent !== null || !offered || offered.problems.length > 0;
          return (
            <Radio
              key={name}
              size="xs"
              value={name}
              className={styles.format}
              classNames={{ description: styles.about }}
              disabled={writing !== null}
              data-refused={isRefused || undefined}
              label={title}
              description={isChecked ? about : `${about} ${t('exports.notRun')}`}
            />
          );
        })}
      </div>
    </Radio.Group>
  );
}

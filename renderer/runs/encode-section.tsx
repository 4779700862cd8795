import { Button, Progress, Tooltip } from '@mantine/core';
import { Sheet } from 'lucide-react';
import type { KeptRun } from '../../shared/ipc/contract';
import { t } from '../strings/strings';
import { cancelEncoding, encodeData, useEncoding } from './encode-data';
import styles from './runs-panel.module.css';

/** Encodes a data set with a kept run's weights, and shows how far that is. */
export function EncodeSection({ run }: { readonly run: KeptRun }) {
  const encoding = useEncoding((state) => state.encoding);
  if (encoding?.run !== run.id) {
    return (
      <Tooltip label={t('runs.encodeHelp')}>
        <Button
          variant="default"
          flex="none"
          leftSection={<Sheet size={13} />}
          disabled={run.steps === 0 || encoding !== null}
          onClick={() => void encodeData(run)}
        >
          {t('runs.encode')}
        </Button>
      </Tooltip>
    );
  }
  const { file, share } = encoding;
  const label = t('runs.encoding', { file });
  return (
    <div className={styles.encoding}>
      <span className={styles.encodingFile} title={file}>
        {label}
      </span>
      <Progress.Root size="xs">
        <Progress.Section
          value={share === null ? 100 : 100 * share}
          animated={share === null}
          aria-label={label}
        />
      </Progress.Root>
      <Button variant="default" size="compact-xs" onClick={cancelEncoding}>
        {t('runs.cancel')}
      </Button>
    </div>
  );
}

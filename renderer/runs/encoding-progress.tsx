import { Button, Progress } from '@mantine/core';
import { t } from '../strings/strings';
import { cancelEncoding, useEncoding } from './encode-data';
import styles from './runs-panel.module.css';

/** How far the encoding of a data set by this run's weights is; nothing while there is none. */
export function EncodingProgress({ run }: { readonly run: string }) {
  const encoding = useEncoding((state) => state.encoding);
  if (encoding?.run !== run) return null;
  const { file, share } = encoding;
  const percent = share === null ? 100 : 100 * share;
  return (
    <div className={styles.encoding}>
      <span className={styles.encodingFile} title={file}>
        {t('runs.encoding', { file })}
      </span>
      <Progress
        size="xs"
        value={percent}
        animated={share === null}
        aria-label={t('runs.encoding', { file })}
      />
      <Button variant="default" size="compact-xs" onClick={cancelEncoding}>
        {t('runs.cancel')}
      </Button>
    </div>
  );
}

import { CloseButton } from '@mantine/core';
import { useEffect } from 'react';
import { InterruptedNotice } from '../runs/interrupted-notice';
import { dismiss, useMessages } from '../state/messages';
import { t } from '../strings/strings';
import { useBannerShown } from './engine-banner';
import styles from './message-list.module.css';

const READING_TIME_MS = 9000;

/** Short notices in the corner of the canvas. Warnings and news go away by themselves, errors after twice the time. */
export function MessageList() {
  const shown = useMessages((state) => state.shown);
  return (
    <div className={styles.list} data-lower={useBannerShown()}>
      <InterruptedNotice />
      <div className={styles.messages} role="log" aria-label={t('app.notices')}>
        {shown.map((message) => (
          <Notice key={message.id} {...message} />
        ))}
      </div>
    </div>
  );
}

function Notice({ id, severity, message, hint }: ReturnType<typeof useMessages.getState>['shown'][number]) {
  useEffect(() => {
    const timer = window.setTimeout(
      () => dismiss(id),
      severity === 'error' ? 2 * READING_TIME_MS : READING_TIME_MS,
    );
    return () => window.clearTimeout(timer);
  }, [id, severity]);
  return (
    <div className={styles.notice} data-severity={severity} role={severity === 'error' ? 'alert' : 'status'}>
      <div>
        <div>{message}</div>
        {hint && <div className={styles.hint}>{hint}</div>}
      </div>
      <CloseButton size="xs" aria-label={t('app.dismissNotice')} onClick={() => dismiss(id)} />
    </div>
  );
}

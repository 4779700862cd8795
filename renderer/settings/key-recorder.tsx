import { useEffect, useRef } from 'react';
import { pressedKeys } from '../app/pressed-keys';
import { t } from '../strings/strings';
import styles from './key-settings.module.css';

interface KeyRecorderProps {
  readonly command: string;
  readonly onKeys: (keys: string) => void;
  /** Called off by Escape, by a click elsewhere, or by leaving it. */
  readonly onEnd: () => void;
}

/** Waits for keys to be pressed together. None of them does what it usually does. */
export function KeyRecorder({ command, onKeys, onEnd }: KeyRecorderProps) {
  const field = useRef<HTMLButtonElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <button
      ref={field}
      type="button"
      className={styles.recorder}
      aria-label={t('settings.keys.pressFor', { command })}
      // Escape ends the recording, and does not close the dialog.
      data-mantine-stop-propagation="true"
      onBlur={onEnd}
      onKeyDown={(event) => {
        if (event.key === 'Tab' && !event.ctrlKey && !event.altKey && !event.metaKey) return;
        event.preventDefault();
        event.stopPropagation();
        if (event.key === 'Escape') {
          onEnd();
          return;
        }
        const keys = pressedKeys(event.nativeEvent);
        if (keys !== null && !event.repeat) onKeys(keys);
      }}
    >
      {t('settings.keys.press')}
    </button>
  );
}

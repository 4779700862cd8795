import { Fragment } from 'react';
import { t } from '../strings/strings';
import styles from './key-caps.module.css';
import { capsOf, shownKeystroke } from './pressed-keys';

/** Keys as they are printed on a keyboard, read aloud as one. */
export function KeyCaps({ keys }: { readonly keys: string }) {
  return (
    <span className={styles.keys} role="img" aria-label={shownKeystroke(keys)}>
      {capsOf(keys).map((cap) => (
        <kbd key={cap} className={styles.cap}>
          {cap}
        </kbd>
      ))}
    </span>
  );
}

/** Several that do the same. */
export function KeyList({ keys }: { readonly keys: readonly string[] }) {
  return (
    <span className={styles.list}>
      {keys.map((each, place) => (
        <Fragment key={each}>
          {place > 0 && <span className={styles.or}>{t('app.or')}</span>}
          <KeyCaps keys={each} />
        </Fragment>
      ))}
    </span>
  );
}

import { type ReactNode, useId } from 'react';
import styles from './settings-dialog.module.css';

interface SettingProps {
  readonly label: string;
  /** What it is for, and from when on it counts. */
  readonly help?: ReactNode;
  /** Gets the id that joins the control to its label, and that of the help. */
  readonly children: (ids: { readonly id: string; readonly helpId: string }) => ReactNode;
}

/** A labelled line of the settings, with a sentence below. */
export function Setting({ label, help, children }: SettingProps) {
  const id = useId();
  const helpId = `${id}-help`;
  return (
    <div className={styles.setting}>
      <label className={styles.label} htmlFor={id} id={`${id}-label`}>
        {label}
      </label>
      <div className={styles.control}>
        {children({ id, helpId })}
        {help && (
          <div className={styles.help} id={helpId}>
            {help}
          </div>
        )}
      </div>
    </div>
  );
}

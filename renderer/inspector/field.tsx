import { Tooltip } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { TermLabel, TermMark } from '../glossary/term-mark';
import styles from './field.module.css';

interface FieldProps {
  readonly label: string;
  readonly help?: string | undefined;
  readonly problem?: string | undefined;
  readonly note?: ReactNode;
  /** Gets the id that joins the control to its label. */
  readonly children: (id: string) => ReactNode;
}

/** A labelled line of a form: name left, control right, what is wrong or worth knowing below. */
export function Field({ label, help, problem, note, children }: FieldProps) {
  const id = useId();
  return (
    <div className={styles.field}>
      <span className={styles.name}>
        <Tooltip label={help} disabled={!help} position="left">
          <label className={styles.label} htmlFor={id} data-help={help ? true : undefined}>
            {label}
          </label>
        </Tooltip>
        <TermMark label={label} />
      </span>
      <div>{children(id)}</div>
      {problem && (
        <div className={`${styles.below} ${styles.problem}`} role="alert">
          {problem}
        </div>
      )}
      {note && <div className={styles.below}>{note}</div>}
    </div>
  );
}

/** A labelled fact, in the same columns as the fields. */
export function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className={styles.field}>
      <span className={styles.label}>
        <TermLabel label={label} />
      </span>
      <span className={styles.fact}>{children}</span>
    </div>
  );
}

export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={styles.section} aria-label={title}>
      <h3 className={styles.sectionTitle}>{title}</h3>
      {children}
    </section>
  );
}

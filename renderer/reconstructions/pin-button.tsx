import { Pin, PinOff } from 'lucide-react';
import { t } from '../strings/strings';
import styles from './reconstructions.module.css';

interface PinButtonProps {
  readonly name: string;
  readonly pinned: boolean;
  readonly onPin: (on: boolean) => void;
}

/** Pins a sample, so that it goes on being shown, or takes its pin. */
export function PinButton({ name, pinned, onPin }: PinButtonProps) {
  const label = t(pinned ? 'reconstructions.unpin' : 'reconstructions.pin', { name });
  return (
    <button
      type="button"
      className={styles.pin}
      title={label}
      aria-label={label}
      onClick={() => onPin(!pinned)}
    >
      {pinned ? <PinOff size={11} /> : <Pin size={11} />}
    </button>
  );
}

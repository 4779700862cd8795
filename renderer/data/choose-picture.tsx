import { Button } from '@mantine/core';
import { useRef } from 'react';
import { t } from '../strings/strings';

interface ChoosePictureProps {
  /** Of the button. */
  readonly id?: string;
  /** What the picture is for, to those who can't see. */
  readonly label: string;
  readonly disabled?: boolean | undefined;
  readonly onChoose: (file: File | undefined) => void;
}

/** A button that has a picture's file chosen, the same one again if wanted. */
export function ChoosePicture({ id, label, disabled, onChoose }: ChoosePictureProps) {
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={chooser}
        type="file"
        accept="image/*"
        hidden
        aria-label={label}
        onChange={(event) => {
          onChoose(event.currentTarget.files?.[0]);
          event.currentTarget.value = '';
        }}
      />
      <Button id={id} variant="default" disabled={disabled} onClick={() => chooser.current?.click()}>
        {t('data.choosePicture')}
      </Button>
    </>
  );
}

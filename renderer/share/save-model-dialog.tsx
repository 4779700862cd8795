import { Button, Checkbox, Group, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import type { GraphDocument } from '../../shared/document/graph-document';
import { closeDialog, useDialog } from '../app/dialog-store';
import { saveFileAs } from '../files/file-actions';
import { useFileQuestion } from '../files/file-dialogs';
import { useDocument } from '../state/document-store';
import { t } from '../strings/strings';
import { Along } from './along';
import styles from './share-dialog.module.css';
import { saveModelCopy } from './share-files';
import { whatGoes } from './what-goes';

/** Saves the drawing with its weights in a file of the user's choice; says what goes along, and what stays. */
export function SaveModelDialog() {
  const open = useDialog((state) => state.open === 'save-model');
  const document = useDocument((state) => state.history.present);
  const isAsking = useFileQuestion((state) => state.asked !== null);
  return (
    <Modal
      opened={open}
      onClose={closeDialog}
      closeOnEscape={!isAsking}
      title={t('models.saveTitle')}
      size={620}
      // Under the questions that it asks.
      zIndex={190}
      centered
      transitionProps={{ duration: 0 }}
    >
      {open && <Choices document={document} />}
    </Modal>
  );
}

function Choices({ document }: { readonly document: GraphDocument }) {
  const [pictures, setPictures] = useState(false);
  const [withPlace, setWithPlace] = useState(true);
  const { data } = document;
  const inFiles = data.kind !== 'builtin';
  const isCopy = inFiles && !withPlace;
  const save = async () => {
    if (isCopy) await saveModelCopy(document, pictures);
    else if (await saveFileAs({ weights: true, pictures })) closeDialog();
  };
  return (
    <>
      <Stack gap={8}>
        <Checkbox
          size="xs"
          label={t('models.withPicture')}
          checked={pictures}
          onChange={(event) => setPictures(event.currentTarget.checked)}
        />
        {inFiles && (
          <Checkbox
            size="xs"
            label={t('models.withPlace', { path: data.path })}
            description={isCopy ? t('models.copyOnly') : undefined}
            checked={withPlace}
            onChange={(event) => setWithPlace(event.currentTarget.checked)}
          />
        )}
      </Stack>
      <div className={styles.alongUnder}>
        <Along {...whatGoes(document, inFiles && withPlace, { pictures })} />
      </div>
      <Group justify="flex-end" gap={8} mt={14}>
        <Button size="xs" variant="default" onClick={closeDialog}>
          {t('models.cancel')}
        </Button>
        <Button size="xs" data-autofocus onClick={() => void save()}>
          {t(isCopy ? 'models.saveCopy' : 'models.saveGo')}
        </Button>
      </Group>
    </>
  );
}

import { Button, Checkbox, Modal, Progress, SegmentedControl, useComputedColorScheme } from '@mantine/core';
import { FileDown, ImageDown } from 'lucide-react';
import { useState } from 'react';
import { documentText } from '../../shared/document/document-text';
import type { GraphDocument } from '../../shared/document/graph-document';
import { sharedDocument } from '../../shared/sharing/shared-document';
import { closeDialog, useDialog } from '../app/dialog-store';
import { useFileQuestion } from '../files/file-dialogs';
import { useDocument } from '../state/document-store';
import { t } from '../strings/strings';
import { Along } from './along';
import { LinkWay } from './link-way';
import type { Scheme } from './picture-colours';
import styles from './share-dialog.module.css';
import { saveCopy, savePicture } from './share-files';
import { useSharedPicture } from './shared-picture';
import { Way } from './way';
import { whatGoes } from './what-goes';

/** Gives the drawing away: as a link, as a picture that holds it, or as a file; says what goes along, and what stays. */
export function ShareDialog() {
  const open = useDialog((state) => state.open === 'share');
  const document = useDocument((state) => state.history.present);
  const isAsking = useFileQuestion((state) => state.asked !== null);
  return (
    <Modal
      opened={open}
      onClose={closeDialog}
      // Where it asks for a file, Escape calls that off alone.
      closeOnEscape={!isAsking}
      title={t('share.title', { name: document.name })}
      size={720}
      // Under the questions that it asks.
      zIndex={190}
      centered
      transitionProps={{ duration: 0 }}
    >
      {open && <Ways document={document} />}
    </Modal>
  );
}

function Ways({ document }: { readonly document: GraphDocument }) {
  const [withPlace, setWithPlace] = useState(false);
  const inFiles = document.data.kind !== 'builtin';
  return (
    <>
      <PictureWay document={document} />
      <LinkWay document={document} />
      <Way
        icon={<FileDown size={15} />}
        title={t('share.file')}
        about={t('share.fileAbout', { size: bytesText(utf8Length(documentText(sharedDocument(document)))) })}
        action={
          <Button size="xs" variant="default" onClick={() => void saveCopy(document, withPlace)}>
            {t('share.saveCopy')}
          </Button>
        }
      >
        {inFiles && (
          <Checkbox
            label={t('share.withPlace')}
            checked={withPlace}
            onChange={(event) => setWithPlace(event.currentTarget.checked)}
          />
        )}
      </Way>
      <Along {...whatGoes(document, inFiles && withPlace)} />
    </>
  );
}

function PictureWay({ document }: { readonly document: GraphDocument }) {
  const shown = useComputedColorScheme('dark', { getInitialValueInEffect: false });
  const [scheme, setScheme] = useState<Scheme>(shown);
  const picture = useSharedPicture(document, scheme);
  const about =
    picture.state === 'ready'
      ? t(picture.scale < 1.99 ? 'share.pictureSmall' : 'share.pictureAbout', {
          width: picture.width.toLocaleString('en'),
          height: picture.height.toLocaleString('en'),
          size: bytesText(picture.png.length),
          scale: Number(picture.scale.toPrecision(2)),
        })
      : picture.state === 'painting'
        ? t('share.painting')
        : picture.message;
  return (
    <>
      <div className={styles.preview} data-hg-scheme={scheme}>
        {picture.state === 'ready' && (
          <img src={picture.url} alt={t('share.preview', { name: document.name })} />
        )}
        {picture.state === 'painting' && (
          <Progress
            className={styles.progress}
            value={100 * picture.share}
            size={5}
            aria-label={t('share.painting')}
          />
        )}
      </div>
      <Way
        icon={<ImageDown size={15} />}
        title={t('share.picture')}
        about={about}
        action={
          <Button
            size="xs"
            data-autofocus
            disabled={picture.state !== 'ready'}
            onClick={() => picture.state === 'ready' && void savePicture(picture.png)}
          >
            {t('share.savePicture')}
          </Button>
        }
      >
        <SegmentedControl
          aria-label={t('share.scheme')}
          data={[
            { value: 'dark', label: t('share.dark') },
            { value: 'light', label: t('share.light') },
          ]}
          value={scheme}
          onChange={(value) => setScheme(value === 'light' ? 'light' : 'dark')}
        />
      </Way>
    </>
  );
}

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** `3.2 kB`, `1.4 MB`. */
function bytesText(bytes: number): string {
  const [size, unit] = bytes < 1e6 ? [bytes / 1e3, 'kB'] : [bytes / 1e6, 'MB'];
  return `${Number(size.toPrecision(size < 10 ? 2 : 3)).toLocaleString('en')} ${unit}`;
}

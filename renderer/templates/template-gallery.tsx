import { Badge, Modal } from '@mantine/core';
import { taskOf } from '../../shared/tasks/catalogue';
import { closeDialog, useDialog } from '../app/dialog-store';
import { openExample } from '../files/file-actions';
import { useSession } from '../state/session-store';
import { t } from '../strings/strings';
import { type Template, templates } from './catalogue';
import styles from './template-gallery.module.css';

const pictures = import.meta.glob<string>('./previews/*.png', {
  eager: true,
  query: '?url',
  import: 'default',
});

/** A drawing for every use, with what came of training it; the one pressed is opened as a new drawing. */
export function TemplateGallery() {
  const open = useDialog((state) => state.open === 'templates');
  return (
    <Modal
      opened={open}
      onClose={closeDialog}
      title={t('templates.title')}
      size={1040}
      centered
      transitionProps={{ duration: 0 }}
    >
      <TemplateCards />
    </Modal>
  );
}

/** A card for each template, also on the start screen. */
export function TemplateCards() {
  return (
    <>
      <ul className={styles.cards} aria-label={t('templates.list')}>
        {templates.map((template) => (
          <li key={template.file}>
            <Card template={template} />
          </li>
        ))}
      </ul>
      <p className={styles.note}>{t('templates.note')}</p>
    </>
  );
}

function Card({ template: { file, name, task, sentence } }: { readonly template: Template }) {
  const folder = useSession((state) => state.host?.examples);
  return (
    <button
      type="button"
      className={styles.card}
      disabled={folder === undefined}
      onClick={() => {
        closeDialog();
        void openExample(`${folder}/${file}.hourglass`);
      }}
    >
      <img className={styles.picture} src={pictures[`./previews/${file}.png`]} alt="" />
      <span className={styles.head}>
        <span className={styles.name}>{name}</span>
        <Badge color="gray" tt="none">
          {taskOf(task).label}
        </Badge>
      </span>
      <span className={styles.sentence}>{sentence}</span>
    </button>
  );
}

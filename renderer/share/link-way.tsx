import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { Check, Link2 } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import type { GraphDocument } from '../../shared/document/graph-document';
import { appLink, CAREFUL_LINK, pageLink } from '../../shared/sharing/drawing-link';
import { shell } from '../shell/own-shell';
import { sentenceOf } from '../state/messages';
import { t } from '../strings/strings';
import styles from './share-dialog.module.css';
import { Way } from './way';

type Target = 'app' | 'page';

/** The drawing as a link, to be copied; or why it can be none. */
export function LinkWay({ document }: { readonly document: GraphDocument }) {
  const [target, setTarget] = useState<Target>('app');
  const [copied, setCopied] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const { link, refusal } = useMemo(() => linkTo(document, target), [document, target]);
  const copy = () => {
    // By the browser's own copying, which needs no permission.
    field.current?.select();
    if (window.document.execCommand('copy')) setCopied(link);
  };
  const isCopied = link !== '' && copied === link;
  const length = link.length.toLocaleString('en');
  const about =
    refusal ?? t(link.length > CAREFUL_LINK ? 'share.linkLong' : `share.linkAbout.${target}`, { length });
  return (
    <Way
      icon={<Link2 size={15} />}
      title={t('share.link')}
      about={about}
      action={
        <Button
          size="xs"
          variant="default"
          disabled={link === ''}
          leftSection={isCopied ? <Check size={13} /> : undefined}
          onClick={copy}
        >
          {isCopied ? t('share.copied') : t('share.copyLink')}
        </Button>
      }
    >
      {link !== '' && (
        <div className={styles.linkRow}>
          {/* A desktop's window has no address that others could open. */}
          {!shell.showMenus && (
            <SegmentedControl
              aria-label={t('share.linkFor')}
              data={[
                { value: 'app', label: t('share.forApp') },
                { value: 'page', label: t('share.forPage') },
              ]}
              value={target}
              onChange={(value) => setTarget(value === 'page' ? 'page' : 'app')}
            />
          )}
          <TextInput
            ref={field}
            className={styles.grow}
            aria-label={t('share.linkText')}
            readOnly
            value={link}
            onFocus={(event) => event.currentTarget.select()}
          />
        </div>
      )}
      <span className={styles.unseen} role="status">
        {isCopied ? t('share.copied') : ''}
      </span>
    </Way>
  );
}

function linkTo(
  document: GraphDocument,
  target: Target,
): { readonly link: string; readonly refusal: string | null } {
  try {
    const link = target === 'app' ? appLink(document) : pageLink(`${window.location.origin}/`, document);
    return { link, refusal: null };
  } catch (error) {
    return { link: '', refusal: sentenceOf(error) };
  }
}

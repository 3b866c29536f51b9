import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Attachments } from '../core/attachments.ts';
import { t } from '../core/i18n.ts';
import { ChosenFiles } from './Attachments.tsx';
import { Button } from './Button.tsx';
import './files-left.css';

interface FilesLeftProps {
  files: Attachments;
  onAgain: () => void;
  /** Goes on, and leaves those that did not get there. */
  onWithout: () => void;
  children?: ComponentChildren;
}

/** What is left of a form when its ticket is made and its files are not all attached yet. */
export function FilesLeft({ files, onAgain, onWithout, children }: FilesLeftProps) {
  const box = useRef<HTMLDivElement>(null);
  // The form with the keyboard is gone.
  useEffect(() => box.current?.focus(), []);
  const moving = files.items.value.some(({ sent }) => sent !== undefined);
  return (
    <div ref={box} class="files-left" tabIndex={-1}>
      {children}
      <ChosenFiles files={files} onAgain={onAgain} />
      {files.failed.value && !moving && <Button onClick={onWithout}>{t('attached-without')}</Button>}
    </div>
  );
}

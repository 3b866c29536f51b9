import Paperclip from 'lucide/dist/esm/icons/paperclip.mjs';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../core/i18n.ts';
import { ACCEPT } from '../core/uploads.ts';
import { IconButton } from './IconButton.tsx';
import './attach.css';

/** The way to send files: a button; and what is pasted or dropped into the conversation it stands in. */
export function Attach({ onFiles }: { onFiles: (files: File[]) => void }) {
  const button = useRef<HTMLButtonElement>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const take = useRef(onFiles);
  take.current = onFiles;
  useEffect(() => {
    const place = button.current?.closest<HTMLElement>('.conversation, .chat');
    return place ? taking(place, (files) => take.current(files)) : undefined;
  }, []);
  return (
    <span class="attach">
      <IconButton
        ref={button}
        label={t('chat-file-attach')}
        icon={Paperclip}
        onClick={() => chooser.current?.click()}
      />
      <input
        ref={chooser}
        type="file"
        multiple
        hidden
        tabIndex={-1}
        aria-label={t('chat-file-attach')}
        accept={ACCEPT}
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])]);
          // The same file may be chosen again.
          currentTarget.value = '';
        }}
      />
    </span>
  );
}

/** Hears what is pasted or dropped there. Files dropped beside it would replace the page: they are let fall. */
function taking(place: HTMLElement, take: (files: File[]) => void): () => void {
  let over = 0;
  const shows = (by: number) => {
    over = Math.max(0, over + by);
    if (over > 0) place.dataset.drop = t('chat-file-drop');
    else delete place.dataset.drop;
  };
  const heard: [keyof HTMLElementEventMap, (event: never) => void][] = [
    ['dragenter', (event: DragEvent) => hasFiles(event) && shows(1)],
    ['dragleave', (event: DragEvent) => hasFiles(event) && shows(-1)],
    [
      'drop',
      (event: DragEvent) => {
        shows(-over);
        if (hasFiles(event)) take([...event.dataTransfer!.files]);
      },
    ],
    [
      'paste',
      (event: ClipboardEvent) => {
        const { files, types } = event.clipboardData!;
        // What an office program copies is a text, with a picture of it besides.
        if (files.length === 0 || types.includes('text/plain')) return;
        event.preventDefault();
        take([...files]);
      },
    ],
  ];
  for (const [name, hear] of heard) place.addEventListener(name, hear as EventListener);
  for (const name of ['dragover', 'drop'] as const) document.addEventListener(name, letFall);
  return () => {
    shows(-over);
    for (const [name, hear] of heard) place.removeEventListener(name, hear as EventListener);
  };
}

function letFall(event: DragEvent): void {
  if (hasFiles(event)) event.preventDefault();
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

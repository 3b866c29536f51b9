import Download from 'lucide/dist/esm/icons/download.mjs';
import FileIcon from 'lucide/dist/esm/icons/file.mjs';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { FileView } from '../api/types.ts';
import type { Line } from '../core/chat.ts';
import { t } from '../core/i18n.ts';
import { saveFile } from '../core/save.ts';
import { type Api, fileAt } from '../core/server.ts';
import { size } from '../core/size.ts';
import type { Uploads } from '../core/uploads.ts';
import { Button } from './Button.tsx';
import { Dialog } from './Dialog.tsx';
import { Icon } from './Icon.tsx';
import { inWords } from './problem.ts';
import { whyNot } from './why-not.ts';
import './sent-file.css';

/** How files look in the history of a chat; `uploads` are those on their way from here. */
export function fileIn(chat: string, api: Api, uploads?: Uploads): (line: Line) => ComponentChildren {
  return (line) => (
    <SentFile
      line={line}
      own={uploads?.contentOf(line.cid ?? line.key)}
      fetch={() => fileAt(api, chat, line.seq!)}
      onRetry={(cid) => uploads?.retry(cid)}
      onRemove={(cid) => uploads?.remove(cid)}
    />
  );
}

interface SentFileProps {
  line: Line;
  /** The content, where it was sent from here. */
  own?: Blob | undefined;
  fetch: () => Promise<Blob>;
  onRetry: (cid: string) => void;
  onRemove: (cid: string) => void;
}

/** A file on its way or delivered: a picture by itself, anything else by name and size. */
function SentFile({ line, own, fetch, onRetry, onRemove }: SentFileProps) {
  const box = useRef<HTMLDivElement>(null);
  const file = 'file' in line.what ? line.what.file : undefined;
  const [problem, setProblem] = useState<string>();
  const isThere = line.seq !== undefined;

  async function content(): Promise<Blob | undefined> {
    if (own) return own;
    setProblem(undefined);
    try {
      return await fetch();
    } catch (error) {
      setProblem(whyNot(error));
      return undefined;
    }
  }

  function remove(cid: string) {
    // The button goes with its line; one goes on where one writes.
    box.current?.closest('.conversation, .chat')?.querySelector('textarea')?.focus();
    onRemove(cid);
  }

  if (!file) return null;
  const named = { name: file.name };
  const shows = file.width !== undefined && file.height !== undefined && problem === undefined;
  return (
    <div ref={box} class="file">
      {shows ? (
        <Picture file={file} own={own} isThere={isThere} content={content} />
      ) : (
        <Tile file={file} isThere={isThere} content={content} />
      )}
      {(line.delivery === 'waiting' || line.delivery === 'sending') && (
        <p class="file-coming">
          <progress max={1} value={line.sent ?? 0} aria-label={t('chat-file-sending', named)} />
          <Button kind="link" label={t('chat-file-remove-it', named)} onClick={() => remove(line.key)}>
            {t('chat-file-remove')}
          </Button>
        </p>
      )}
      {line.delivery === 'failed' && (
        <p class="message-foot message-failed" role="alert">
          {t('chat-not-sent')} {line.problem && inWords(line.problem)}{' '}
          <Button kind="link" label={t('chat-file-again', named)} onClick={() => onRetry(line.key)}>
            {t('chat-try-again')}
          </Button>
          {' · '}
          <Button kind="link" label={t('chat-file-remove-it', named)} onClick={() => remove(line.key)}>
            {t('chat-file-remove')}
          </Button>
        </p>
      )}
      {problem && (
        <p class="message-foot message-failed" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

interface ShownProps {
  file: FileView;
  /** The server has it. */
  isThere: boolean;
  content: () => Promise<Blob | undefined>;
}

function Tile({ file, isThere, content }: ShownProps) {
  const [busy, setBusy] = useState(false);
  async function save() {
    if (busy) return;
    setBusy(true);
    const blob = await content();
    setBusy(false);
    if (blob) saveFile(blob, file.name);
  }
  const told = { name: file.name, size: size(file.size) };
  return (
    <button
      type="button"
      class="file-tile"
      aria-label={t(isThere ? 'chat-file-save' : 'chat-file-line', told)}
      aria-busy={busy}
      aria-disabled={!isThere}
      onClick={() => isThere && void save()}
    >
      <Icon of={FileIcon} />
      <span class="file-told">
        <bdi>{file.name}</bdi>
        <small>{told.size}</small>
      </span>
      {isThere && <Icon of={Download} />}
    </button>
  );
}

/** Keeps its place from the beginning, and is fetched when it comes into sight. */
function Picture({ file, own, isThere, content }: ShownProps & { own?: Blob | undefined }) {
  const button = useRef<HTMLButtonElement>(null);
  const [blob, setBlob] = useState(own);
  const [open, setOpen] = useState(false);
  const url = useUrl(blob);
  useEffect(() => {
    if (blob || !isThere) return;
    return onSight(button.current!, async () => setBlob(await content()));
  }, [isThere]);
  const { width = 1, height = 1 } = file;
  return (
    <>
      <button
        ref={button}
        type="button"
        class="file-picture"
        style={{ '--width': `${width}px`, '--ratio': `${width} / ${height}` }}
        aria-label={t('chat-file-open', { name: file.name })}
        aria-haspopup="dialog"
        title={file.name}
        onClick={() => url && setOpen(true)}
      >
        {url && <img src={url} alt="" />}
      </button>
      {open && url && (
        <Dialog
          title={file.name}
          size="wide"
          onClose={() => setOpen(false)}
          actions={
            <Button kind="primary" onClick={() => saveFile(blob!, file.name)}>
              {t('chat-file-save-short')}
            </Button>
          }
        >
          <img class="file-large" src={url} width={width} height={height} alt={file.name} />
        </Dialog>
      )}
    </>
  );
}

function useUrl(blob: Blob | undefined): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (!blob) return;
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return url;
}

/** Calls back once, when it is nearly in sight. */
function onSight(element: Element, seen: () => void): () => void {
  const watch = new IntersectionObserver(
    ([entry]) => {
      if (!entry?.isIntersecting) return;
      watch.disconnect();
      seen();
    },
    { rootMargin: '200px' },
  );
  watch.observe(element);
  return () => watch.disconnect();
}

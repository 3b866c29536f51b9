import FileIcon from 'lucide/dist/esm/icons/file.mjs';
import X from 'lucide/dist/esm/icons/x.mjs';
import { useState } from 'preact/hooks';
import type { FileView } from '../api/types.ts';
import { type Attachments, filesOf } from '../core/attachments.ts';
import { t } from '../core/i18n.ts';
import { saveFile } from '../core/save.ts';
import { type Api, contentAt } from '../core/server.ts';
import { size } from '../core/size.ts';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';
import { IconButton } from './IconButton.tsx';
import { whyNot } from './why-not.ts';
import './attachments.css';

interface AttachedFilesProps {
  api: Api;
  ticket: string;
  /** The article's number. */
  n: number;
  files: readonly FileView[];
}

/** What is attached to an article, to be saved. */
export function AttachedFiles({ api, ticket, n, files }: AttachedFilesProps) {
  const [problem, setProblem] = useState<string>();
  async function save(name: string, file: number) {
    setProblem(undefined);
    try {
      saveFile(await contentAt(api, `${filesOf(ticket, n)}/${file}`), name);
    } catch (error) {
      setProblem(whyNot(error));
    }
  }
  if (files.length === 0) return null;
  return (
    <>
      <ul class="attachments" aria-label={t('attached-files')}>
        {files.map((file, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: files of an article never change places.
          <li key={index}>
            <button type="button" class="attachment" onClick={() => void save(file.name, index + 1)}>
              <Icon of={FileIcon} />
              <bdi>{file.name}</bdi> <small>{size(file.size)}</small>
            </button>
          </li>
        ))}
      </ul>
      {problem && (
        <p class="field-problem" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}

/** What is chosen for an article that is being written, or on its way to it. */
export function ChosenFiles({ files, onAgain }: { files: Attachments; onAgain: () => void }) {
  const items = files.items.value;
  return (
    <>
      {items.length > 0 && (
        <ul class="attachments" aria-label={t('attached-chosen')}>
          {items.map(({ cid, file, sent, problem }) => (
            <li key={cid} class="attachment">
              <Icon of={FileIcon} />
              <bdi>{file.name}</bdi> <small>{size(file.size)}</small>
              {sent !== undefined && <progress value={sent} aria-label={file.name} />}
              {sent === undefined && (
                <IconButton
                  label={t('attached-remove', { name: file.name })}
                  icon={X}
                  onClick={() => files.remove(cid)}
                />
              )}
              {problem !== undefined && <span class="field-problem">{whyNot(problem)}</span>}
            </li>
          ))}
        </ul>
      )}
      {files.failed.value && (
        <div role="alert" class="attachments-failed">
          <p>{t('attached-failed')}</p>
          <Button size="small" onClick={onAgain}>
            {t('chat-try-again')}
          </Button>
        </div>
      )}
    </>
  );
}

import { useEffect, useState } from 'preact/hooks';
import { t } from '../core/i18n.ts';
import { Button } from '../ui/Button.tsx';
import { ConnectionState } from '../ui/ConnectionState.tsx';
import { Toasts } from '../ui/Toasts.tsx';
import type { Over } from './OverPage.tsx';
import { RunningChat } from './RunningChat.tsx';
import { go } from './routes.ts';
import type { Work } from './work.ts';
import './chat-page.css';

/** One chat in a browser window of its own; the desk's own window can be used beside it. */
export function ChatPage({ chat, work, onOver }: { chat: string; work: Work; onOver: (over: Over) => void }) {
  const { desk, windows } = work;
  const [over, setOver] = useState(false);
  const known = desk.find(chat)?.view.value !== undefined;
  useEffect(() => {
    windows.focus.value = chat;
    return () => desk.close(chat);
  }, [chat]);

  function remove() {
    desk.close(chat);
    setOver(true);
    // Only what a script has opened may be closed by one.
    window.close();
  }

  return (
    <div class="chat-page">
      {desk.state.value !== 'live' && <ConnectionState state={desk.state.value} />}
      <main>
        {over ? (
          <div class="chat-page-over">
            <p role="status">{t('agent-own-window-over')}</p>
            <Button onClick={() => go({ at: 'home' })}>{t('agent-to-desk')}</Button>
          </div>
        ) : (
          <>
            <RunningChat chat={chat} work={work} onOver={onOver} onRemove={remove} />
            {!known && <p role="status">{t('agent-fetching')}</p>}
          </>
        )}
      </main>
      <Toasts />
    </div>
  );
}

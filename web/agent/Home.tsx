import type { ComponentChildren } from 'preact';
import type { ChatSummary, RequestView } from '../api/types.ts';
import { now } from '../core/clock.ts';
import { waited, weekday } from '../core/format.ts';
import { t } from '../core/i18n.ts';
import { Badge } from '../ui/Badge.tsx';
import { MyChats } from './MyChats.tsx';
import { PageHead } from './PageHead.tsx';
import './home.css';

interface HomeProps {
  requests: readonly RequestView[];
  chats: readonly ChatSummary[];
  unread: (chat: ChatSummary) => number;
  onShow: (chat: string) => void;
  /** The request list. */
  waiting: ComponentChildren;
  /** The People widget. */
  people: ComponentChildren;
  /** For owners of channels: what goes on in them. */
  supervisor: ComponentChildren;
  /** The tickets one owns. */
  tickets: ComponentChildren;
  /** "You will receive: …" */
  receives: ComponentChildren;
}

export function Home({ requests, chats, unread, onShow, waiting, people, supervisor, tickets, receives }: HomeProps) {
  const counted = requests.filter((request) => request.mine);
  const longest = Math.min(...counted.map((request) => request.waiting_since));
  return (
    <>
      <PageHead title={weekday(now.value)} below={receives}>
        {counted.length > 0 && (
          <Badge kind="lamp-soft">
            {t('agent-waiting-longest', { count: counted.length, time: waited(longest, now.value) })}
          </Badge>
        )}
      </PageHead>
      <div class="home">
        <div class="home-column">
          <section class="card">{waiting}</section>
          {supervisor}
          {tickets}
        </div>
        <div class="home-column">
          {people}
          <section class="card" aria-labelledby="my-chats">
            <div class="card-head">
              <h2 id="my-chats">{t('agent-my-chats')}</h2>
              {chats.length > 0 && <Badge>{chats.length}</Badge>}
            </div>
            <MyChats chats={chats} unread={unread} onShow={onShow} />
          </section>
        </div>
      </div>
    </>
  );
}

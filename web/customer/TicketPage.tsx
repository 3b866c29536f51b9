import ArrowLeft from 'lucide/dist/esm/icons/arrow-left.mjs';
import MessageCircle from 'lucide/dist/esm/icons/message-circle.mjs';
import { useEffect, useRef, useState } from 'preact/hooks';
import { moment } from '../core/format.ts';
import { t } from '../core/i18n.ts';
import type { Lobby } from '../core/lobby.ts';
import { pageShown } from '../core/page.ts';
import { Attach } from '../ui/Attach.tsx';
import { AttachedFiles, ChosenFiles } from '../ui/Attachments.tsx';
import { Button } from '../ui/Button.tsx';
import { EarlierArticles } from '../ui/EarlierArticles.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Notice } from '../ui/Notice.tsx';
import { whyNot } from '../ui/why-not.ts';
import { Article } from './Article.tsx';
import { Link } from './Link.tsx';
import { TextArea } from './TextArea.tsx';
import { TicketStateBadge } from './TicketStateBadge.tsx';
import { putIn, Ticket } from './ticket.ts';
import type { ChatWindow } from './window.ts';
import './ticket-form.css';
import './ticket-page.css';

/** A ticket: what was said in it, and where one writes more. */
export function TicketPage({ id, lobby, chats }: { id: string; lobby: Lobby; chats: ChatWindow }) {
  const [ticket] = useState(() => new Ticket(id, lobby.api, lobby.drafts));
  const here = pageShown.value;
  const wasAway = useRef(false);
  useEffect(() => {
    // Who comes back reads what was written meanwhile.
    if (here && wasAway.current) void ticket.load();
    wasAway.current = !here;
  }, [here]);
  const put = putIn.value;
  const known = useRef(put);
  useEffect(() => {
    if (put !== known.current) void ticket.load();
    known.current = put;
  }, [put]);
  const list = useRef<HTMLOListElement>(null);
  const shown = ticket.shown.value;
  const problem = ticket.problem.value;
  return (
    <>
      <Link to={{ at: 'tickets', whose: shown?.ticket.customer === undefined ? 'mine' : 'company' }} class="back-link">
        <Icon of={ArrowLeft} directional />
        {t('customer-tickets')}
      </Link>
      <h1 tabIndex={-1}>
        <bdi>{shown?.ticket.title ?? t('customer-ticket')}</bdi>
      </h1>
      {problem !== undefined && (
        <div class="ticket-problem" role="alert">
          <Notice
            action={
              <Button size="small" onClick={() => void ticket.load()}>
                {t('chat-try-again')}
              </Button>
            }
          >
            {whyNot(problem)}
          </Notice>
        </div>
      )}
      {shown ? (
        <>
          <p class="ticket-about">
            <TicketStateBadge state={shown.ticket.state} />
            <span>
              {t('customer-ticket-number')} <bdi class="num">{shown.ticket.number}</bdi> ·{' '}
              {shown.ticket.customer && (
                <>
                  <bdi>{shown.ticket.customer}</bdi> ·{' '}
                </>
              )}
              {moment(shown.ticket.created_at)}
            </span>
          </p>
          <EarlierArticles of={shown} list={list} onEarlier={() => ticket.earlier()}>
            {t('customer-ticket-earlier')}
          </EarlierArticles>
          <ol ref={list} class="articles" aria-label={t('customer-ticket-articles')}>
            {shown.articles.map((article) => (
              <Article key={article.n} article={article} me={lobby.me.value.name} title={shown.ticket.title}>
                <AttachedFiles api={lobby.api} ticket={id} n={article.n} files={article.files ?? []} />
              </Article>
            ))}
          </ol>
          {shown.channel !== undefined && (
            <div>
              <Button
                icon={MessageCircle}
                onClick={() => chats.showNew({ id, number: shown.ticket.number, channel: shown.channel! })}
              >
                {t('customer-ticket-chat-about')}
              </Button>
            </div>
          )}
          {shown.can_write ? <Write ticket={ticket} /> : <Notice>{t('customer-ticket-no-writing')}</Notice>}
        </>
      ) : (
        problem === undefined && <p role="status">{t('customer-ticket-fetching')}</p>
      )}
    </>
  );
}

function Write({ ticket }: { ticket: Ticket }) {
  const form = useRef<HTMLFormElement>(null);
  const [missing, setMissing] = useState(false);
  const [said, setSaid] = useState('');
  const text = ticket.text.value;
  const trouble = ticket.trouble.value;
  async function write() {
    const empty = text.trim() === '';
    setMissing(empty);
    setSaid('');
    if (await ticket.write()) setSaid(t('customer-ticket-written'));
    if (empty) form.current?.querySelector('textarea')?.focus();
  }
  return (
    <form
      ref={form}
      class="ticket-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void write();
      }}
    >
      <TextArea
        label={t('customer-ticket-write')}
        value={text}
        onText={(text) => ticket.type(text)}
        problem={missing && text.trim() === '' ? t('widget-message-missing') : undefined}
      />
      <ChosenFiles files={ticket.files} onAgain={() => void ticket.again()} />
      {trouble !== undefined && (
        <div role="alert">
          <Notice kind="danger">{whyNot(trouble)}</Notice>
        </div>
      )}
      <p class="quiet" role="status">
        {said}
      </p>
      <div class="ticket-form-ways">
        <Button kind="primary" type="submit" busy={ticket.writing.value}>
          {t('chat-send')}
        </Button>
        <Attach onFiles={(chosen) => ticket.files.add(chosen)} />
      </div>
    </form>
  );
}

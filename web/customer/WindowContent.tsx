import ArrowLeft from 'lucide/dist/esm/icons/arrow-left.mjs';
import Minus from 'lucide/dist/esm/icons/minus.mjs';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { OfferedChannel } from '../api/types.ts';
import type { ChatStore } from '../core/chat.ts';
import { t } from '../core/i18n.ts';
import { uploadsOf } from '../core/uploads.ts';
import { AgentFace } from '../ui/AgentFace.tsx';
import { Attach } from '../ui/Attach.tsx';
import { Button } from '../ui/Button.tsx';
import { ChatHead } from '../ui/ChatHead.tsx';
import { Closed } from '../ui/Closed.tsx';
import { Conversation } from '../ui/Conversation.tsx';
import { about, withWhom } from '../ui/chat-words.ts';
import { EndQuestion } from '../ui/EndQuestion.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { MailButton } from '../ui/MailButton.tsx';
import { NoAnswer } from '../ui/NoAnswer.tsx';
import { PdfButton } from '../ui/PdfButton.tsx';
import { inWords } from '../ui/problem.ts';
import { fileIn } from '../ui/SentFile.tsx';
import { StartForm } from '../ui/StartForm.tsx';
import { Asked } from './Asked.tsx';
import { ChatList } from './ChatList.tsx';
import { LeaveInstead, LeaveMessage, LeftMessage } from './LeaveMessage.tsx';
import { TicketOfChat } from './TicketOfChat.tsx';
import type { ChatWindow } from './window.ts';

interface WindowContentProps {
  chats: ChatWindow;
  onShut: () => void;
  /** Something else shows now. */
  onMove: () => void;
}

export function WindowContent({ chats, onShut, onMove }: WindowContentProps) {
  const showing = chats.showing.value;
  const chat = showing.is === 'chat' ? chats.lobby.find(showing.id) : undefined;
  const shut = <IconButton label={t('widget-hide')} icon={Minus} onClick={onShut} />;
  const back = (
    <IconButton
      label={t('customer-all')}
      icon={ArrowLeft}
      directional
      onClick={() => {
        chats.showList();
        onMove();
      }}
    />
  );
  const begin = () => {
    chats.showNew();
    onMove();
  };
  if (chat)
    return <Chat key={chat.id} chat={chat} chats={chats} start={back} shut={shut} onNew={begin} onMove={onMove} />;
  if (showing.is === 'new') {
    return (
      <>
        <ChatHead heading="h2" title={t('widget-new')} live={chats.lobby.state.value} start={back}>
          {shut}
        </ChatHead>
        <Asked chats={chats} onMove={onMove} />
        <div class="corner-body">
          <Begin chats={chats} onMove={onMove} />
        </div>
      </>
    );
  }
  return (
    <>
      <ChatHead heading="h2" title={t('customer-all')} live={chats.lobby.state.value}>
        {shut}
      </ChatHead>
      <Asked chats={chats} onMove={onMove} />
      <div class="corner-body corner-list">
        <Button kind="primary" onClick={begin}>
          {t('widget-new')}
        </Button>
        {chats.chats.value.length > 0 && (
          <ChatList
            chats={chats.chats.value}
            onShow={(id) => {
              chats.show(id);
              onMove();
            }}
          />
        )}
      </div>
    </>
  );
}

interface ChatProps {
  chat: ChatStore;
  chats: ChatWindow;
  start: ComponentChildren;
  shut: ComponentChildren;
  onNew: () => void;
  onMove: () => void;
}

function Chat({ chat, chats, start, shut, onNew, onMove }: ChatProps) {
  const [ending, setEnding] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const uploads = uploadsOf(chat, chats.lobby.api);
  const view = chat.view.value;
  const leave = (instead: boolean) => {
    setLeaving(instead);
    onMove();
  };
  return (
    <>
      <ChatHead
        heading="h2"
        title={(view && withWhom(view)) || view?.channel.name || t('customer-conversation')}
        about={view && about(view)}
        live={chats.lobby.state.value}
        face={view && <AgentFace view={view} api={chats.lobby.api} />}
        start={start}
      >
        {view?.can.includes('close') && (
          <Button kind="quiet" size="small" onClick={() => setEnding(true)}>
            {t('widget-end-short')}
          </Button>
        )}
        {shut}
      </ChatHead>
      <Asked chats={chats} onMove={onMove} />
      {ending && <EndQuestion chat={chat} onDone={() => setEnding(false)} />}
      {leaving && view?.state === 'requested' ? (
        <LeaveInstead chat={chat} view={view} chats={chats} onBack={() => leave(false)} onMove={onMove} />
      ) : (
        <Conversation
          chat={chat}
          drafts={chats.lobby.drafts}
          onNew={onNew}
          file={fileIn(chat.id, chats.lobby.api, uploads)}
          attach={<Attach onFiles={(files) => void uploads.add(files)} />}
          closed={(unsent) => (
            <Closed view={view!} unsent={unsent} onNew={onNew}>
              <PdfButton view={view!} api={chats.lobby.api} />
              <MailButton view={view!} me={chats.lobby.me.value} api={chats.lobby.api} />
              <TicketOfChat chat={chat} lobby={chats.lobby} />
            </Closed>
          )}
          noAnswer={(place, onPatient) => (
            <NoAnswer place={place} onPatient={onPatient} onLeave={() => leave(true)} onEnd={() => setEnding(true)} />
          )}
        />
      )}
    </>
  );
}

function Begin({ chats, onMove }: { chats: ChatWindow; onMove: () => void }) {
  const trouble = chats.trouble.value;
  const left = chats.left.value;
  const about = chats.about.value;
  if (left) return <LeftMessage ticket={left} onNew={() => chats.showNew()} />;
  // About a ticket it goes to the channel of the ticket's queue, and nowhere else.
  const fits = ({ channel }: OfferedChannel) => about === undefined || channel.id === about.channel;
  const start = (
    <StartForm
      channels={chats.lobby.ready.value ? chats.lobby.channels.value.filter(fits) : undefined}
      text={chats.text.value}
      onText={(text) => {
        chats.text.value = text;
      }}
      channel={chats.channel.value}
      onChannel={(channel) => {
        chats.channel.value = channel;
      }}
      onStart={() => void chats.start().then(onMove)}
      leave={(channel, _, opensAt) => (
        <LeaveMessage
          text={chats.text.value}
          about={about}
          chats={chats}
          channel={channel}
          opensAt={opensAt}
          onLeft={() => (chats.text.value = '')}
        />
      )}
      busy={chats.starting.value}
      problem={trouble && (trouble === 'unreachable' ? t('widget-start-unknown') : inWords(trouble))}
    />
  );
  if (about === undefined) return start;
  return (
    <>
      <p class="corner-about">
        <span>{t('customer-about-ticket', { number: about.number })}</span>
        <Button
          kind="link"
          onClick={() => {
            chats.about.value = undefined;
            onMove();
          }}
        >
          {t('customer-about-else')}
        </Button>
      </p>
      {start}
    </>
  );
}

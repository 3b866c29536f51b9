import Minus from 'lucide/dist/esm/icons/minus.mjs';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { SnippetView } from '../api/types.ts';
import { t } from '../core/i18n.ts';
import { Button } from '../ui/Button.tsx';
import { ChatHead } from '../ui/ChatHead.tsx';
import { Conversation } from '../ui/Conversation.tsx';
import { about, withWhom } from '../ui/chat-words.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Notice } from '../ui/Notice.tsx';
import { inWords } from '../ui/problem.ts';
import { StartForm } from '../ui/StartForm.tsx';
import type { Host } from './host.ts';
import { later, prepare } from './later.tsx';
import type { Trouble, Visit } from './visit.ts';
import './panel.css';

const AgentFace = later('AgentFace');
const Attach = later('Attach');
const Closed = later('Closed');
const EndQuestion = later('EndQuestion');
const Leave = later('Leave');
const LeaveInstead = later('LeaveInstead');
const Left = later('Left');
const NoAnswer = later('NoAnswer');
const SentFile = later('SentFile');

/** The visitor's panel: in the frame beside the launcher, and as a page of its own. */
export function Panel({ visit, host }: { visit: Visit; host: Host }) {
  const box = useRef<HTMLElement>(null);
  const phase = visit.phase.value;
  const opened = host.opened.value;
  useEffect(() => {
    // Not from a field: who was quicker than this goes on where he is.
    if (opened > 0 && !document.activeElement?.matches('input, textarea'))
      box.current?.querySelector<HTMLElement>('textarea, .conversation-closed button')?.focus();
  }, [opened, phase]);
  useEffect(() => shutOnEscape(host), []);
  return (
    <main ref={box} class="panel">
      {phase === 'chat' ? <Chat visit={visit} host={host} /> : <Beginning visit={visit} host={host} />}
    </main>
  );
}

function Beginning({ visit, host }: { visit: Visit; host: Host }) {
  const snippet = visit.snippet.value;
  const look = visit.lookTrouble.value;
  const trouble = visit.trouble.value;
  const left = visit.left.value;
  return (
    <>
      <ChatHead title={snippet?.title ?? t('widget-title')} about={snippet && whoIsThere(snippet)}>
        <Shut host={host} />
      </ChatHead>
      <div class="panel-body">
        {look && (
          <div class="panel-look" role="alert">
            <Notice>{inTroubleWords(look, t('widget-unreachable'))}</Notice>
          </div>
        )}
        {visit.phase.value === 'resuming' && <p class="conversation-loading">{t('widget-loading')}</p>}
        {left && <Left visit={visit} number={left} />}
        {!left && visit.phase.value === 'form' && (snippet || look?.is !== 'refused') && (
          <StartForm
            channels={snippet?.channels}
            text={visit.text.value}
            onText={(text) => {
              visit.text.value = text;
            }}
            name={visit.known ? undefined : { value: visit.name.value, onName: (name) => (visit.name.value = name) }}
            channel={visit.channel.value}
            onChannel={(channel) => {
              visit.channel.value = channel;
            }}
            onStart={() => void visit.start()}
            leave={(channel, otherwise, opensAt) => (
              <Leave
                visit={visit}
                text={visit.text.value}
                channel={channel}
                opensAt={opensAt}
                onLeft={() => (visit.text.value = '')}
                otherwise={otherwise}
              />
            )}
            busy={visit.starting.value}
            problem={trouble && inTroubleWords(trouble, t('widget-start-unknown'))}
          />
        )}
      </div>
    </>
  );
}

function Chat({ visit, host }: { visit: Visit; host: Host }) {
  const [ending, setEnding] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const chat = visit.chat.value;
  const lobby = visit.lobby.value;
  useEffect(() => void prepare(), []);
  if (chat === undefined || lobby === undefined) return null;
  const view = chat.view.value;
  return (
    <>
      <ChatHead
        title={(view && withWhom(view)) || (visit.snippet.value?.title ?? t('widget-title'))}
        about={view && about(view)}
        live={lobby.state.value}
        face={view && <AgentFace view={view} api={visit.api} />}
      >
        {view?.can.includes('close') && (
          <Button kind="quiet" size="small" onClick={() => setEnding(true)}>
            {t('widget-end-short')}
          </Button>
        )}
        <Shut host={host} />
      </ChatHead>
      {ending && <EndQuestion chat={chat} onDone={() => setEnding(false)} />}
      {leaving && view?.state === 'requested' ? (
        <LeaveInstead visit={visit} chat={chat} view={view} onBack={() => setLeaving(false)} />
      ) : (
        <Conversation
          key={chat.id}
          chat={chat}
          drafts={lobby.drafts}
          onNew={() => visit.again()}
          file={(line) => <SentFile visit={visit} chat={chat} line={line} />}
          attach={<Attach visit={visit} chat={chat} />}
          closed={(unsent) => <Closed visit={visit} view={view!} unsent={unsent} />}
          noAnswer={(place, onPatient) => (
            <NoAnswer
              place={place}
              onPatient={onPatient}
              onLeave={() => setLeaving(true)}
              onEnd={() => setEnding(true)}
            />
          )}
        />
      )}
    </>
  );
}

function whoIsThere({ channels }: SnippetView): string {
  return channels.some(({ available }) => available) ? t('widget-somebody-there') : t('widget-nobody-there');
}

function Shut({ host }: { host: Host }) {
  return host.shut ? <IconButton label={t('widget-hide')} icon={Minus} onClick={() => host.shut?.()} /> : null;
}

/** Escape hides the panel, unless it has something else to close. */
function shutOnEscape(host: Host): () => void {
  const pressed = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.isComposing || document.querySelector(':popover-open, dialog[open]')) return;
    host.shut?.();
  };
  document.addEventListener('keydown', pressed);
  return () => document.removeEventListener('keydown', pressed);
}

function inTroubleWords(trouble: Trouble, unreachable: string): string {
  return trouble.is === 'refused' ? inWords(trouble.problem) : unreachable;
}

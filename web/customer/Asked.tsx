import type { ChatSummary } from '../api/types.ts';
import { t } from '../core/i18n.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { Button } from '../ui/Button.tsx';
import { inWords } from '../ui/problem.ts';
import type { ChatWindow } from './window.ts';
import './asked.css';

/** Requests of agents, each with who asks, the first message, and yes or no. */
export function Asked({ chats, onMove }: { chats: ChatWindow; onMove: () => void }) {
  const asked = chats.asked.value;
  if (asked.length === 0) return null;
  const failed = chats.notAnswered.value;
  return (
    <ul class="asked">
      {asked.map((chat) => (
        <Card
          key={chat.id}
          chat={chat}
          busy={chats.answering.value === chat.id}
          problem={
            failed?.id !== chat.id
              ? undefined
              : failed.trouble === 'unreachable'
                ? t('widget-not-done')
                : inWords(failed.trouble)
          }
          onAccept={() => void chats.accept(chat.id).then(onMove)}
          onDecline={() => void chats.decline(chat.id).then(onMove)}
        />
      ))}
    </ul>
  );
}

interface CardProps {
  chat: ChatSummary;
  busy: boolean;
  problem: string | undefined;
  onAccept: () => void;
  onDecline: () => void;
}

function Card({ chat, busy, problem, onAccept, onDecline }: CardProps) {
  const name = chat.with ?? chat.channel.name;
  return (
    <li class="asked-card">
      <Avatar name={name} />
      <p class="asked-who">
        <bdi>{whoAsks(chat)}</bdi>
      </p>
      {chat.last_text && (
        <p class="asked-text" dir="auto">
          {chat.last_text}
        </p>
      )}
      <div class="asked-ways">
        <Button label={t('customer-decline-whom', { name })} busy={busy} onClick={onDecline}>
          {t('customer-decline')}
        </Button>
        <Button kind="primary" label={t('customer-accept-whom', { name })} busy={busy} onClick={onAccept}>
          {t('customer-accept')}
        </Button>
      </div>
      {problem && (
        <p class="asked-problem" role="alert">
          {problem}
        </p>
      )}
    </li>
  );
}

export function whoAsks(chat: ChatSummary): string {
  return chat.with === undefined ? t('customer-asks-somebody') : t('customer-asks', { name: chat.with });
}

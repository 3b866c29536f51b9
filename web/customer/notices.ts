/** What waits for a customer user in the portal, in his words. */
import { keepTold, messagesIn } from '../core/notices.ts';
import type { Matter } from '../core/planner.ts';
import { whoAsks } from './Asked.tsx';
import type { ChatWindow } from './window.ts';

/** Tells of requests of agents and of answers. Answers with the way to stop. */
export function keepNoticed(chats: ChatWindow): () => void {
  return keepTold({
    home: chats.lobby,
    matters: () => [...requestsIn(chats), ...messagesIn(chats.lobby)],
    onScreen: () => (chats.open.value && chats.showing.value.is === 'chat' ? [chats.showing.value.id] : []),
    onClick: (chat) => {
      if (chats.lobby.chats.peek().some(({ id }) => id === chat)) chats.show(chat);
    },
  });
}

/** An agent asks for a chat once. */
const requestsIn = (chats: ChatWindow): Matter[] =>
  chats.asked.value.map((chat) => ({
    is: 'personal',
    chat: chat.id,
    at: 1,
    title: whoAsks(chat),
    body: chat.last_text ?? '',
  }));

import type { ChatStore } from './chat.ts';
import type { Drafts } from './drafts.ts';

/** What was asked first, as one text, and what was typed since. */
export function firstWords(chat: ChatStore, drafts: Drafts | undefined): string {
  const asked = askedFirst(chat);
  const typed = drafts?.read(chat.id) ?? '';
  return typed.startsWith(asked) ? typed : [asked, typed].filter(Boolean).join('\n\n');
}

/** The first message of the one who asks. */
export function askedFirst(chat: ChatStore): string {
  const first = chat.lines.peek().find(({ mine, what }) => mine && what.kind === 'message');
  return first?.what.kind === 'message' ? first.what.text : '';
}

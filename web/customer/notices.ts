/** Browser notifications of the portal: an agent asks for a chat while one looks elsewhere. */
import { effect } from '@preact/signals';
import { showNotice } from '../core/notify.ts';
import bell from '../images/bell.svg';
import { whoAsks } from './Asked.tsx';
import type { ChatWindow } from './window.ts';

/** Tells of each request once; one tab of a browser does it for all. Answers with the way to stop. */
export function tellOfAsked(chats: ChatWindow): () => void {
  const known = new Set<string>();
  return effect(() => {
    for (const chat of chats.asked.value) {
      if (known.has(chat.id)) continue;
      known.add(chat.id);
      if (!chats.lobby.leads || document.hasFocus()) continue;
      const onClick = () => {
        chats.open.value = true;
      };
      showNotice({ title: whoAsks(chat), body: chat.last_text ?? '', tag: chat.id, icon: bell, onClick });
    }
  });
}

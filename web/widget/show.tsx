import '../styles/visitor.css';

import { effect } from '@preact/signals';
import { render } from 'preact';
import { browserLanguage, dir, lang, loadCatalogue, t } from '../core/i18n.ts';
import type { Host } from './host.ts';
import { Panel } from './Panel.tsx';
import { Visit } from './visit.ts';

/** Shows the panel of a snippet. `wanted` and `direction` are what the host page asks for. */
export async function show(snippet: string, host: Host, wanted?: string, direction?: string): Promise<void> {
  await loadCatalogue('widget', browserLanguage(wanted ? [wanted] : undefined));
  document.documentElement.lang = lang.value;
  document.documentElement.dir = direction ?? dir.value;
  const visit = new Visit(snippet, host);
  effect(() => {
    const title = visit.snippet.value?.title ?? t('widget-title');
    const unread = visit.lobby.value?.unread.value ?? 0;
    document.title = unread > 0 ? `(${unread}) ${title}` : title;
  });
  render(<Panel visit={visit} host={host} />, document.getElementById('app')!);
}

/** The public id at the end of this page's address. */
export function snippetHere(): string {
  return decodeURIComponent(location.pathname.split('/').filter(Boolean).at(-1) ?? '');
}

/** Both pages of visitors: the frame beside the launcher, and the page `/chat/<public id>`. */
import '../styles/visitor.css';

import { effect } from '@preact/signals';
import { render } from 'preact';
import { browserLanguage, dir, lang, loadCatalogue, t } from '../core/i18n.ts';
import { framed, type Host, ownPage } from './host.ts';
import { Panel } from './Panel.tsx';
import { Visit } from './visit.ts';

const [place, snippet = ''] = location.pathname.split('/').filter(Boolean).slice(-2).map(decodeURIComponent);
const query = new URLSearchParams(location.search);
const sites = document.querySelector<HTMLMetaElement>('meta[name="deskbell-sites"]')?.content.split(' ') ?? [];
const host = place === 'frame' ? framed(query.get('origin') ?? '', sites) : ownPage(snippet);
// On a site it is not meant for, the frame stays empty and talks to nobody.
if (host) await show(host);

async function show(host: Host): Promise<void> {
  const wanted = query.get('lang');
  await loadCatalogue('widget', browserLanguage(wanted ? [wanted] : undefined));
  document.documentElement.lang = lang.value;
  document.documentElement.dir = query.get('dir') ?? dir.value;
  const visit = new Visit(snippet, host);
  effect(() => {
    const title = visit.snippet.value?.title ?? t('widget-title');
    const unread = visit.lobby.value?.unread.value ?? 0;
    document.title = unread > 0 ? `(${unread}) ${title}` : title;
  });
  render(<Panel visit={visit} host={host} />, document.getElementById('app')!);
}

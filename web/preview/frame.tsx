/** The panel as `/widget/frame/` shows it, with a simulated desk behind it. */
import '../styles/visitor.css';

import { render } from 'preact';
import { browserLanguage, dir, lang, loadCatalogue, t } from '../core/i18n.ts';
import { Api } from '../core/server.ts';
import { framed } from '../widget/host.ts';
import { Panel } from '../widget/Panel.tsx';
import { Visit } from '../widget/visit.ts';
import { Simulated } from './simulated.ts';

const snippet = decodeURIComponent(location.pathname.split('/').at(-1)!);
const query = new URLSearchParams(location.search);
const host = framed(query.get('origin') ?? '', [location.origin]);
if (host) {
  const wanted = query.get('lang');
  await loadCatalogue('preview', browserLanguage(wanted ? [wanted] : undefined));
  document.documentElement.lang = lang.value;
  document.documentElement.dir = query.get('dir') ?? dir.value;
  const view = await new Api('visitor').call('GET /api/snippets/{snippet}', { snippet });
  const desk = new Simulated(view, {
    agent: t('preview-agent'),
    greets: t('preview-greets'),
    answers: t('preview-answers'),
  });
  const visit = new Visit(snippet, host, { api: desk.api(), link: () => desk.link });
  render(<Panel visit={visit} host={host} />, document.getElementById('app')!);
}

import '../styles/index.css';

import { render } from 'preact';
import { browserLanguage, dir, lang, loadCatalogue, t } from '../core/i18n.ts';
import { ConfirmPage } from './ConfirmPage.tsx';
import { StopPage } from './StopPage.tsx';

const asked = location.pathname.split('/').at(-1) ?? '';
await loadCatalogue('mail', browserLanguage([asked, ...navigator.languages]));
document.documentElement.lang = lang.value;
document.documentElement.dir = dir.value;
const [, stops, token = ''] = /^#(stop\.)?(.*)$/.exec(location.hash) ?? [];
document.title = t(stops ? 'mail-stop-title' : 'mail-page-title');
// It opens a letter: it does not stay in the address bar, nor in the history.
history.replaceState(null, '', location.pathname);
render(stops ? <StopPage token={token} /> : <ConfirmPage token={token} />, document.getElementById('app')!);

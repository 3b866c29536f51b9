import '../styles/index.css';

import { render } from 'preact';
import { browserLanguage, dir, lang, loadCatalogue, t } from '../core/i18n.ts';
import { serviceName } from '../core/look.ts';
import { App } from './App.tsx';
import { Portal } from './portal.ts';

await loadCatalogue('customer', browserLanguage());
document.documentElement.lang = lang.value;
document.documentElement.dir = dir.value;
document.title = serviceName() ?? t('customer-title');
const portal = new Portal();
render(<App portal={portal} />, document.getElementById('app')!);
await portal.start();

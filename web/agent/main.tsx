import { render } from 'preact';
import { browserLanguage, loadCatalogue, t } from '../core/i18n.ts';
import '../styles/index.css';

await loadCatalogue('agent', browserLanguage());
render(<main>{t('common-product')}</main>, document.getElementById('app') as HTMLElement);

import { expect, it } from 'vitest';
import { browserLanguage, lang, loadCatalogue, t } from './i18n.ts';

it('The reader gets the first of his languages that there is a file for', () => {
  expect(browserLanguage(['pt-BR', 'de-AT', 'en'])).toBe('de');
  expect(browserLanguage(['pt-BR'])).toBe('en');
});

it('Words follow the language, and an unknown id answers with itself', async () => {
  await loadCatalogue('agent', 'de');
  expect(lang.value).toBe('de');
  expect(t('common-product')).toBe('Deskbell');
  expect(t('agent-no-such-words')).toBe('agent-no-such-words');
});

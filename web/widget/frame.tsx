import { framed } from './host.ts';
import { show, snippetHere } from './show.tsx';

const query = new URLSearchParams(location.search);
const sites = document.querySelector<HTMLMetaElement>('meta[name="deskbell-sites"]')?.content.split(' ') ?? [];
const host = framed(query.get('origin') ?? '', sites);
// On a site it is not meant for, the frame stays empty and talks to nobody.
if (host) {
  await show(snippetHere(), host, query.get('lang') ?? undefined, query.get('dir') === 'rtl' ? 'rtl' : 'ltr');
}

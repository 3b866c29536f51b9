/** What a customer user chose for all his devices. */
import { dir, lang, languages, loadCatalogue } from '../core/i18n.ts';
import type { Lobby } from '../core/lobby.ts';

export function speak(wanted: string | undefined): void {
  if (wanted === undefined || !languages.includes(wanted) || wanted === lang.peek()) return;
  void loadCatalogue('customer', wanted).then(() => {
    document.documentElement.lang = lang.peek();
    document.documentElement.dir = dir.peek();
  });
}

export async function lookAtMe(lobby: Lobby): Promise<void> {
  lobby.me.value = (await lobby.api.call('GET /api/session', { query: { surface: 'customer' } })).me;
}

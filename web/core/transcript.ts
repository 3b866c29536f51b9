/** A conversation as a PDF, in the reader's language and zone. */
import { type Api, Unreachable } from '../api/http.ts';
import { zone } from './format.ts';
import { lang } from './i18n.ts';

/** Throws `Refusal` or `Unreachable`. */
export async function transcriptOf(api: Api, chat: string): Promise<Blob> {
  const query = { form: 'pdf', language: lang.peek(), zone: zone() } as const;
  const response = await api.open('GET /api/chats/{chat}/transcript', { chat, query });
  try {
    return await response.blob();
  } catch (cause) {
    throw new Unreachable(cause);
  }
}

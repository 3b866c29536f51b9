/** A conversation as a file, in the reader's language and zone. */
import { type Api, type Give, Unreachable } from '../api/http.ts';
import { zone } from './format.ts';
import { lang } from './i18n.ts';

export type TranscriptForm = Give<'GET /api/chats/{chat}/transcript'>['query']['form'];

/** Throws `Refusal` or `Unreachable`. */
export async function transcriptOf(api: Api, chat: string, form: TranscriptForm = 'pdf'): Promise<Blob> {
  const query = { form, language: lang.peek(), zone: zone() };
  const response = await api.open('GET /api/chats/{chat}/transcript', { chat, query });
  try {
    return await response.blob();
  } catch (cause) {
    throw new Unreachable(cause);
  }
}

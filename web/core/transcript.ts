/** A chat taken away as a PDF. */
import type { Api } from '../api/http.ts';
import { lang } from './i18n.ts';

/** Fetches the document and hands it to the browser to keep. Throws `Refusal` or `Unreachable`. */
export async function takePdf(api: Api, chat: string): Promise<void> {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const query = { form: 'pdf', language: lang.peek(), zone } as const;
  const response = await api.open('GET /api/chats/{chat}/transcript', { chat, query });
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = `chat-${chat}.pdf`;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

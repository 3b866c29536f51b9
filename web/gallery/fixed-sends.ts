import { vi } from 'vitest';

export interface FileSent {
  path: string;
  cid: string;
  name: string;
}

/** What is said to each file that is sent: the server's refusal by its code, or that there was no way to it. Else it is stored. */
export type SendAnswer = 'stored' | 'cut' | (string & {});

/** Speaks for the server where files are sent, for tests; to be taken back with `vi.unstubAllGlobals`. */
export function fixedSends(...answers: SendAnswer[]): FileSent[] {
  const sent: FileSent[] = [];
  vi.stubGlobal(
    'XMLHttpRequest',
    class {
      upload = {};
      status = 0;
      responseText = '';
      onloadend = () => {};
      #url = new URL('http://desk.example');
      #name = '';
      open(_: string, path: string) {
        this.#url = new URL(path, this.#url);
      }
      setRequestHeader(name: string, value: string) {
        if (name === 'X-Deskbell-File-Name') this.#name = decodeURIComponent(value);
      }
      abort() {}
      send() {
        const { pathname, searchParams } = this.#url;
        sent.push({ path: pathname, cid: searchParams.get('cid')!, name: this.#name });
        const answer = answers.shift() ?? 'stored';
        this.status = answer === 'stored' ? 200 : answer === 'cut' ? 0 : 422;
        if (this.status > 0) this.responseText = JSON.stringify({ code: answer, say: '', next: '' });
        setTimeout(() => this.onloadend());
      }
    },
  );
  return sent;
}

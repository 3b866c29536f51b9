/**
 * The script on the host page, `<script async src="https://desk/snippet/<public id>.js"></script>`: the server writes before it which
 * snippet it is and how that looks. `data-identity` takes the token that proves who is signed in on the page.
 * It draws the launcher in a closed shadow root, makes the frame with the panel on first use, and keeps for the panel
 * what a frame on a foreign page cannot keep: the visitor's token, and only after he has started a chat.
 * Everything here works under `default-src 'none'` with the desk in `script-src` and `frame-src`, and without Trusted
 * Types policies: no inline style, no HTML text, no request of its own.
 */
import { IDENTIFIED, IDENTITY, type Kept, TOKEN, type ToHost, type ToPanel } from './bridge.ts';
import { css } from './loader-css.ts';

const words: Record<string, [open: string, shut: string, unread: string, seen: string, covered: string]> = {
  en: ['Chat with us', 'Close chat', 'unread', 'Nothing lies on the button.', 'On the button lies: '],
  de: ['Chatten Sie mit uns', 'Chat schließen', 'ungelesen', 'Nichts liegt auf dem Knopf.', 'Auf dem Knopf liegt: '],
};

const script = document.currentScript as HTMLScriptElement | null;
const snippet = script?.dataset.snippet;
if (snippet && !document.querySelector('deskbell-chat')) {
  if (document.body) start(snippet);
  else addEventListener('DOMContentLoaded', () => start(snippet));
}

/** How the snippet looks, as the server says. */
interface Look {
  start?: boolean;
  hidden?: boolean;
  labels?: Record<string, string>;
  colour?: string | null;
  ink?: string | null;
}

function start(snippet: string): void {
  // The script is `loader.js` there, or `snippet/<public id>.js`.
  const desk = new URL(script!.src.replace(/(snippet\/)?[^/]*$/, ''));
  const lang = script!.dataset.lang || document.documentElement.lang || navigator.language;
  const dir = getComputedStyle(document.body).direction;
  const language = lang.slice(0, 2).toLowerCase();
  const [openWord, shutWord, unreadWord, seenWord, coveredWord] = words[language] ?? words.en!;
  // Those of the administration; a page that embeds `loader.js` itself has none.
  const look: Look = JSON.parse(script!.dataset.look ?? '{}');
  const label = script!.dataset.label || look.labels?.[language] || openWord;
  const shelf = shelfOf(`deskbell:${snippet}`);
  // By which the page proves who is signed in there.
  let identity = script!.dataset.identity;
  if (!identity) signOut();
  let frame: HTMLIFrameElement | undefined;
  let ready = false;
  let open = false;
  let unread = 0;

  const host = document.createElement('deskbell-chat');
  const root = host.attachShadow({ mode: 'closed' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  const launcher = make('button', 'launcher');
  const text = make('span', 'text');
  const badge = make('span', 'badge');
  const panel = make('div', 'panel');
  const news = make('p', 'news');
  news.role = 'status';
  launcher.type = 'button';
  launcher.append(icon(), text, badge);
  root.append(launcher, panel, news);
  host.toggleAttribute('data-start', !!look.start);
  if (look.colour) {
    host.style.setProperty('--deskbell-ground', look.colour);
    host.style.setProperty('--deskbell-ink', look.ink!);
  }
  // Who is in a chat keeps it in sight.
  host.hidden = !!look.hidden && !shelf.all()[TOKEN];
  host.lang = lang;
  host.dir = dir;
  show();
  document.body.append(host);

  launcher.onclick = () => toggle(!open);
  host.addEventListener('keydown', (event) => event.key === 'Escape' && open && toggle(false));
  addEventListener('message', hear);
  addEventListener('storage', (event) => event.key === shelf.key && event.newValue && ready && init());
  // A page that goes on without loading anew says so itself, `detail` being the token or nothing.
  addEventListener('deskbell-identity', (event) => {
    identity = (event as CustomEvent<string | undefined>).detail;
    signOut();
    frame?.remove();
    frame = undefined;
    ready = false;
    unread = 0;
    if (open || shelf.all()[TOKEN]) haveFrame();
    show();
  });
  // What a page puts there by itself, it puts there soon.
  if (location.hash === '#deskbell-check') setTimeout(check, 3_000);
  // The keyboard of a phone covers what is fixed to the page: the sheet takes what is left in sight.
  visualViewport?.addEventListener('resize', () => {
    panel.style.setProperty('--sheet', `${visualViewport!.height}px`);
  });
  // A chat that runs goes on from page to page: it shows what is unread, and stays open where it was.
  if (shelf.all()[TOKEN]) {
    if (shelf.all().open) toggle(true, false);
    else haveFrame();
  }

  function toggle(to: boolean, byHand = true): void {
    // Focus goes back before the frame is hidden, or it would be lost to the page.
    if (!to && root.activeElement === frame) {
      launcher.style.display = 'flex'; // on a phone the sheet covers it
      launcher.focus();
      launcher.style.display = '';
    }
    open = to;
    keepOpen();
    if (open) haveFrame();
    show();
    if (!ready) return;
    if (open && byHand) frame!.focus();
    say({ deskbell: 'open', open, byHand });
  }

  /** For who sets the page up: whether one can press the launcher. */
  function check(): void {
    const { left, top, width, height } = launcher.getBoundingClientRect();
    const on = document.elementFromPoint(left + width / 2, top + height / 2);
    alert(on === host ? seenWord : coveredWord + (on?.cloneNode() as Element | undefined)?.outerHTML);
  }

  /** Nothing stays here of who was known by his identity. */
  function signOut(): void {
    if (shelf.all()[TOKEN] === IDENTIFIED) shelf.put(TOKEN, undefined);
  }

  /** The next page of the site shows the panel as this one does, once there is a chat. */
  function keepOpen(): void {
    if (shelf.all()[TOKEN]) shelf.put('open', open ? '1' : undefined);
  }

  function show(): void {
    host.toggleAttribute('data-open', open);
    text.textContent = label;
    badge.textContent = unread > 0 && !open ? String(Math.min(unread, 99)) : '';
    launcher.ariaExpanded = String(open);
    launcher.ariaLabel = open ? shutWord : badge.textContent ? `${label} (${unread} ${unreadWord})` : label;
  }

  function haveFrame(): void {
    if (frame) return;
    frame = make('iframe', '');
    const query = new URLSearchParams({ lang, dir, origin: location.origin });
    frame.src = new URL(
      `${script!.dataset.frame || 'widget'}/frame/${encodeURIComponent(snippet)}?${query}`,
      desk,
    ).href;
    frame.title = label;
    panel.append(frame);
  }

  function hear({ origin, source, data }: MessageEvent<ToHost>): void {
    if (origin !== desk.origin || !frame || source !== frame.contentWindow) return;
    if (data.deskbell === 'ready') {
      ready = true;
      const byHand = open && root.activeElement === launcher;
      if (byHand) frame.focus();
      init(byHand);
    } else if (data.deskbell === 'keep') {
      shelf.put(data.name, data.text);
      keepOpen(); // from the first token on
    } else if (data.deskbell === 'shut') toggle(false);
    else if (data.deskbell === 'unread') {
      unread = data.count;
      show();
      news.textContent = badge.textContent && launcher.ariaLabel;
    }
  }

  function init(byHand = false): void {
    const kept = { ...shelf.all(), ...(identity && { [IDENTITY]: identity }) };
    say({ deskbell: 'init', kept, open, byHand });
  }

  function say(what: ToPanel): void {
    frame!.contentWindow?.postMessage(what, desk.origin);
  }
}

/** The host's own storage: the token for all tabs of the site, the rest for this one. Any of it may be forbidden. */
function shelfOf(key: string) {
  const all = (): Kept => {
    const token = attempt(() => localStorage.getItem(key));
    if (!token) return {};
    return { ...attempt(() => JSON.parse(sessionStorage.getItem(key)!)), [TOKEN]: token };
  };
  const put = (name: string, text: string | undefined) =>
    attempt(() => {
      if (name === TOKEN) {
        if (text) localStorage.setItem(key, text);
        else for (const storage of [localStorage, sessionStorage]) storage.removeItem(key);
      } else {
        // `undefined` leaves no trace in JSON.
        sessionStorage.setItem(key, JSON.stringify({ ...all(), [TOKEN]: undefined, [name]: text }));
      }
    });
  return { key, all, put };
}

function attempt<T>(what: () => T): T | undefined {
  try {
    return what();
  } catch {
    return undefined;
  }
}

function make<K extends keyof HTMLElementTagNameMap>(tag: K, part: string): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  element.className = part;
  return element;
}

/** A speech bubble, and a chevron while the panel is open. */
function icon(): SVGElement {
  const make = (tag: string, attributes: Record<string, string>) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const name in attributes) element.setAttribute(name, attributes[name]!);
    return element;
  };
  const svg = make('svg', { viewBox: '0 0 24 24', 'aria-hidden': 'true' });
  svg.append(
    make('path', { class: 'bubble', d: 'M7.9 20A9 9 0 1 0 4 16.1L2 22Z' }),
    make('path', { class: 'chevron', d: 'm6 9 6 6 6-6' }),
  );
  return svg as SVGElement;
}

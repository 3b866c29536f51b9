import Search from 'lucide/dist/esm/icons/search.mjs';
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../core/i18n.ts';
import { Icon } from '../ui/Icon.tsx';
import { Link } from './Link.tsx';
import { go, route } from './routes.ts';
import './global-search.css';

const Q_MAX = 100;

/** The field in the bar that looks in everything; where there is no room for it, the way to the page that has it. */
export function GlobalSearch() {
  const found = route.value.at === 'search' ? route.value.q : undefined;
  const [q, setQ] = useState(found ?? '');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => setQ(found ?? ''), [found]);
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey)
        return;
      event.preventDefault();
      const input = field.current;
      if (input === null || input.offsetParent === null) return go({ at: 'search', q: '' });
      input.focus();
      input.select();
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, []);
  return (
    <>
      <search class="global-search">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (q.trim() !== '') go({ at: 'search', q: q.trim() });
          }}
        >
          <label class="search-field">
            <Icon of={Search} />
            <span class="quiet">{t('agent-search-all')}</span>
            <input
              ref={field}
              type="search"
              enterkeyhint="search"
              autocomplete="off"
              aria-keyshortcuts="Control+K Meta+K"
              placeholder={t('agent-search-all')}
              maxLength={Q_MAX}
              value={q}
              onInput={(event) => {
                const q = event.currentTarget.value;
                setQ(q);
                // On the page of what was found, it follows.
                if (route.peek().at === 'search') go({ at: 'search', q }, 'replace');
              }}
            />
            <span class="global-search-key" aria-hidden="true">
              {t('agent-key-name', { is: 'search' })}
            </span>
          </label>
        </form>
      </search>
      <span class="global-search-way">
        <Link to={{ at: 'search', q: '' }} class="icon-button" label={t('agent-search-all')}>
          <Icon of={Search} />
        </Link>
      </span>
    </>
  );
}

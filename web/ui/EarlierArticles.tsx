import type { ComponentChildren, RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Articled } from '../core/articles.ts';
import { Button } from './Button.tsx';
import { whyNot } from './why-not.ts';
import './earlier-articles.css';
import './field.css';

interface EarlierArticlesProps {
  of: Articled;
  /** Where they are shown. */
  list: RefObject<HTMLElement | null>;
  /** Puts them before the others. Throws `Refusal` or `Unreachable`. */
  onEarlier: () => Promise<void>;
  children: ComponentChildren;
}

/** The way to what stands before the first article. Whoever takes it reads on at the first that came. */
export function EarlierArticles({ of, list, onEarlier, children }: EarlierArticlesProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const button = useRef<HTMLButtonElement>(null);
  const goes = useRef(false);
  const first = of.articles[0]?.n;
  useLayoutEffect(() => {
    // Who went on to something else meanwhile stays there; where the button went, the keyboard is nowhere.
    const waits = [button.current, document.body].includes(document.activeElement as HTMLElement);
    if (goes.current && waits) list.current?.querySelector<HTMLElement>('.article')?.focus();
    goes.current = false;
  }, [first, of.earlier]);
  if (!of.earlier) return null;

  async function fetch() {
    setBusy(true);
    setProblem(undefined);
    goes.current = true;
    try {
      await onEarlier();
    } catch (error) {
      goes.current = false;
      setProblem(whyNot(error));
    }
    setBusy(false);
  }

  return (
    <div class="earlier-articles">
      <Button ref={button} kind="quiet" busy={busy} onClick={fetch}>
        {children}
      </Button>
      {problem && (
        <p class="field-problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

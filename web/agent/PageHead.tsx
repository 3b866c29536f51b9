import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import './page-head.css';

interface PageHeadProps {
  title: string;
  /** Beside the heading. */
  children?: ComponentChildren;
  below?: ComponentChildren;
  /** What can be done here, at the end of the line. */
  acts?: ComponentChildren;
}

let firstPage = true;

/** The heading of a page. Whoever comes from another page is put here, so that a screen reader says where he is. */
export function PageHead({ title, children, below, acts }: PageHeadProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!firstPage) heading.current?.focus({ preventScroll: true });
    firstPage = false;
  }, []);
  return (
    <div class="page-head">
      <div>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {children}
        {acts && <div class="page-acts">{acts}</div>}
      </div>
      {below}
    </div>
  );
}

import type { Part } from '../api/types.ts';
import './found.css';

/** A text with what was searched for marked in it. */
export function Found({ parts }: { parts: readonly Part[] }) {
  let length = 0;
  const pieces = parts.map(({ text, found }) => {
    length += text.length;
    return found ? <mark key={length}>{text}</mark> : text;
  });
  return <bdi>{pieces}</bdi>;
}

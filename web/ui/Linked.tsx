import { pieces } from './links.ts';

/** What somebody wrote: only addresses in it are links. */
export function Linked({ text }: { text: string }) {
  return (
    <>
      {pieces(text).map(({ text, href }, index) =>
        href ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text never change places.
          <a key={index} href={href} target="_blank" rel="noopener noreferrer">
            {text}
          </a>
        ) : (
          text
        ),
      )}
    </>
  );
}

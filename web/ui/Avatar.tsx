import './avatar.css';

/** Chat status by shape: a filled circle, a half one, a bar, an empty ring. */
export type Presence = 'active' | 'away' | 'unavailable' | 'offline';

interface AvatarProps {
  name: string;
  /** With its word, since shape and colour alone are not for everybody. */
  presence?: Presence | undefined;
  word?: string | undefined;
  size?: 'small' | 'large';
}

/** Initials on a tint that the name decides. The name itself stands beside it, so the picture is decoration. */
export function Avatar({ name, presence, word, size }: AvatarProps) {
  return (
    <span class={size ? `avatar avatar-${size}` : 'avatar'} style={{ '--hue': hue(name) }}>
      <span aria-hidden="true">{initials(name)}</span>
      {presence && (
        <span class={`avatar-badge presence-${presence}`} role="img" aria-label={word ?? presence} title={word} />
      )}
    </span>
  );
}

/** First letters of the first and the last word: `Lucía Ferrán` → `LF`, `Mei` → `M`, `Anonymous 214` → `A2`. */
export function initials(name: string): string {
  const words = name.split(/[\s.\-_]+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(
    (word) => word?.match(/[\p{L}\p{N}]/u)?.[0],
  );
  // Cased scripts only: two Arabic or Chinese letters side by side make another word.
  const text = letters.filter((letter) => letter !== undefined).join('');
  return (/^[\p{Lu}\p{Ll}\p{N}]+$/u.test(text) ? text : ([...text][0] ?? '?')).toLocaleUpperCase();
}

/** One of twelve hues, the same one for the same name everywhere. */
export function hue(name: string): number {
  let sum = 7;
  for (const character of name) sum = (sum * 31 + character.codePointAt(0)!) % 65521;
  return (sum % 12) * 30 + 15;
}

import { Avatar, hue, type Presence } from './Avatar.tsx';
import './portrait.css';

interface PortraitProps {
  name: string;
  /** The address of a picture, once it is here; initials otherwise. */
  picture: string | undefined;
  presence?: Presence | undefined;
  word?: string | undefined;
  size?: 'small' | 'large';
}

/** Somebody's picture where there is one. The name stands beside it, so it is decoration. */
export function Portrait({ picture, ...rest }: PortraitProps) {
  if (!picture) return <Avatar {...rest} />;
  const { name, presence, word, size } = rest;
  return (
    <span class={size ? `avatar avatar-${size}` : 'avatar'} style={{ '--hue': hue(name) }}>
      <img class="portrait" src={picture} alt="" />
      {presence && (
        <span class={`avatar-badge presence-${presence}`} role="img" aria-label={word ?? presence} title={word} />
      )}
    </span>
  );
}

import type { Api } from '../api/http.ts';
import type { ChatView } from '../api/types.ts';
import { portraitIn } from '../core/portraits.ts';
import { faceOf } from './chat-words.ts';
import { Portrait } from './Portrait.tsx';

/** Who answers, as the one who asks sees him: the picture where it is shown to him, initials otherwise. */
export function AgentFace({ view, api }: { view: ChatView; api: Api }) {
  const face = faceOf(view);
  if (face === undefined) return null;
  const { picture, ...rest } = face;
  const shown = picture && portraitIn(api, view.id, picture.n, picture.name).value;
  return <Portrait {...rest} picture={shown} size="large" />;
}

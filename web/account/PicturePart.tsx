import { useRef } from 'preact/hooks';
import type { Me } from '../api/types.ts';
import { t } from '../core/i18n.ts';
import { portrait } from '../core/portraits.ts';
import { type Api, putPicture } from '../core/server.ts';
import { Button } from '../ui/Button.tsx';
import { Portrait } from '../ui/Portrait.tsx';
import { useTry } from './use-try.ts';

interface PicturePartProps {
  api: Api;
  me: Me;
  onChanged: () => Promise<void>;
}

/** Pixels of a side, as it is sent. */
const SIDE = 256;

/** One's picture: cut to a square and made small here, so that nothing else of the file leaves the browser. */
export function PicturePart({ api, me, onChanged }: PicturePartProps) {
  const file = useRef<HTMLInputElement>(null);
  const { busy, problem, setProblem, attempt } = useTry();

  async function choose(chosen: File | undefined) {
    if (chosen === undefined) return;
    const square = await squareOf(chosen);
    if (square === undefined) return setProblem(t('problem-unfit_picture'));
    await attempt(async () => {
      await putPicture(api, square);
      await onChanged();
    });
    if (file.current) file.current.value = '';
  }

  return (
    <div class="account-picture">
      <Portrait name={me.name} size="large" picture={me.picture ? portrait(api, me.id, me.picture).value : undefined} />
      <div>
        <input
          ref={file}
          type="file"
          class="quiet"
          accept="image/*"
          tabIndex={-1}
          aria-label={t('account-picture')}
          onChange={(event) => void choose(event.currentTarget.files?.[0])}
        />
        <p class="account-ways">
          <Button size="small" busy={busy} onClick={() => file.current?.click()}>
            {t('account-picture-choose')}
          </Button>
          {me.picture && (
            <Button
              size="small"
              kind="quiet"
              busy={busy}
              onClick={() =>
                void attempt(async () => {
                  await api.call('DELETE /api/me/picture');
                  await onChanged();
                })
              }
            >
              {t('account-picture-remove')}
            </Button>
          )}
        </p>
        <p class="field-hint">{t(me.kind === 'agent' ? 'account-picture-hint' : 'account-picture-hint-customer')}</p>
        {problem && (
          <p class="field-problem" role="alert">
            {problem}
          </p>
        )}
      </div>
    </div>
  );
}

/** The middle of a picture as a small PNG; nothing where the browser cannot read it. */
async function squareOf(file: File): Promise<Blob | undefined> {
  try {
    const whole = await createImageBitmap(file);
    const side = Math.min(whole.width, whole.height);
    const canvas = document.createElement('canvas');
    canvas.width = SIDE;
    canvas.height = SIDE;
    const [x, y] = [(whole.width - side) / 2, (whole.height - side) / 2];
    canvas.getContext('2d')?.drawImage(whole, x, y, side, side, 0, 0, SIDE, SIDE);
    whole.close();
    return await new Promise((made) => canvas.toBlob((blob) => made(blob ?? undefined), 'image/png'));
  } catch {
    return undefined;
  }
}

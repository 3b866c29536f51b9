import { afterEach, expect, it, vi } from 'vitest';
import { ring } from './sound.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

it('Before anybody has clicked or typed in the page the bell does not even try', async () => {
  const AudioContext = vi.fn();
  vi.stubGlobal('AudioContext', AudioContext);
  vi.stubGlobal('navigator', { userActivation: { hasBeenActive: false } });
  expect(await ring()).toBe(false);
  expect(AudioContext).not.toHaveBeenCalled();
});

it('Where there is no sound at all, nothing fails', async () => {
  vi.stubGlobal('AudioContext', undefined);
  expect(await ring()).toBe(false);
});

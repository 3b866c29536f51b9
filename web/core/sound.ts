/** The bell. */
import { browserShelf } from './shelf.ts';

const shelf = browserShelf('browser');

/** Whether the person at this browser wants to hear it. */
export const wantsSound = (): boolean => shelf.get('sound') !== 'off';

export function setSound(on: boolean): void {
  shelf.put('sound', on ? undefined : 'off');
}

/** A desk bell: one stroke, whose overtones are gone first. Hertz, loudness, seconds until it is gone. */
const PARTIALS = [
  [1568, 0.12, 1.4],
  [3136, 0.06, 0.9],
  [4390, 0.05, 0.5],
] as const;

const STARTS_WITHIN_MS = 300;

/** Rings once. False where the browser lets nothing be heard, as before the first click or key in a page. */
export async function ring(): Promise<boolean> {
  if (navigator.userActivation?.hasBeenActive === false) return false;
  try {
    const context = new AudioContext();
    // Where a setting of the browser forbids it, it waits for ever.
    await Promise.race([context.resume(), new Promise((late) => setTimeout(late, STARTS_WITHIN_MS))]);
    for (const [hertz, loudness, gone_after_s] of PARTIALS) strike(context, hertz, loudness, gone_after_s);
    setTimeout(() => void context.close(), 2_000);
    return context.state === 'running';
  } catch {
    return false;
  }
}

function strike(context: AudioContext, hertz: number, loudness: number, gone_after_s: number): void {
  const tone = new OscillatorNode(context, { frequency: hertz });
  const volume = new GainNode(context, { gain: loudness });
  volume.gain.exponentialRampToValueAtTime(0.0001, context.currentTime + gone_after_s);
  tone.connect(volume).connect(context.destination);
  tone.start();
  tone.stop(context.currentTime + gone_after_s);
}

import type { Desk } from '../core/desk.ts';

/** Looked at again at most this often, and this often though nothing is told. */
const LOOK_EVERY_MS = 1_000;
const LOOK_ANYWAY_MS = 15_000;

/**
 * Keeps up what the server does not push: asks for it at once and whenever the agent's desk changes or an agent comes or goes, as
 * far as the People widget hears of it; one question at a time, and shows each answer. Ends with the function it returns.
 */
export function keepLooking<T>(
  desk: Pick<Desk, 'live' | 'leaving'>,
  look: () => Promise<T>,
  show: (seen: T) => void,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lookedAt = 0;
  let [looking, changed, over] = [false, false, false];
  const wait = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => void again(), ms);
  };
  const soon = () => wait(Math.max(0, lookedAt + LOOK_EVERY_MS - Date.now()));
  const again = async () => {
    if (desk.leaving) return wait(LOOK_EVERY_MS);
    [looking, changed, lookedAt] = [true, false, Date.now()];
    // Not now? Then the next time.
    const seen = await look().catch(() => undefined);
    looking = false;
    if (over) return;
    if (seen !== undefined) show(seen);
    if (changed) soon();
    else wait(LOOK_ANYWAY_MS);
  };
  let agents: number | undefined;
  const stop = desk.live.onFrame((frame) => {
    const before = agents;
    if (frame.op === 'people') agents = frame.people.counts.agents;
    if (frame.op !== 'desk' && agents === before) return;
    changed = true;
    if (!looking) soon();
  });
  wait(0);
  return () => {
    over = true;
    clearTimeout(timer);
    stop();
  };
}

import { Desk } from './desk.ts';

/** Loads the demo's cast once for all stories: their desks begin with copies of its data. */
export default async function loadCast(): Promise<() => Promise<void>> {
  const desk = await Desk.start();
  process.env.DESKBELL_CAST = await desk.settle();
  return () => desk.stop();
}

/** The agent's list frames: the first is whole, the next ones say what differs. */
import type { ServerFrame } from '../api/types.ts';

type DeskFrame = Extract<ServerFrame, { op: 'desk' }>;

/** The whole list after a frame, longest wait first. */
export function fold(before: DeskFrame | undefined, frame: DeskFrame): DeskFrame {
  if (!frame.more || before === undefined) return frame;
  const replaced = new Set([...(frame.gone ?? []), ...frame.requests.map(({ chat }) => chat)]);
  const requests = [...before.requests.filter(({ chat }) => !replaced.has(chat)), ...frame.requests];
  requests.sort((a, b) => a.waiting_since - b.waiting_since || (a.chat < b.chat ? -1 : 1));
  const { more: _, gone: __, ...rest } = frame;
  return { ...rest, requests };
}

import type { ComponentChildren } from 'preact';
import type { LiveState } from '../api/live.ts';
import { ConnectionState } from './ConnectionState.tsx';
import './chat-head.css';

interface ChatHeadProps {
  title: string;
  /** What stands under the title while the connection is well. */
  about?: string | undefined;
  /** Who it is with, as an `AgentFace`. */
  face?: ComponentChildren;
  live?: LiveState | undefined;
  heading?: 'h1' | 'h2';
  /** Before the title, such as the way back. */
  start?: ComponentChildren;
  children?: ComponentChildren;
}

/** The top of a chat window for those who ask: with whom, and how the connection is when it is not well. */
export function ChatHead({ title, about, face, live, heading: Heading = 'h1', start, children }: ChatHeadProps) {
  const well = live === undefined || live === 'live';
  return (
    <header class="chat-head">
      {start}
      {face}
      <div class="chat-head-text">
        <Heading>
          <bdi>{title}</bdi>
        </Heading>
        {well ? about && <p>{about}</p> : <ConnectionState state={live} />}
      </div>
      {children}
    </header>
  );
}

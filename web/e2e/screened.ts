import type { BrowserContext } from '@playwright/test';

/** What a browser complains about when the network or the server is gone, and only then. */
const TROUBLE = [/net::ERR_/, /WebSocket connection to .* failed/, /Failed to load resource/];

/** Whether somebody is signed in is a question, and no is an answer to it. */
const ANSWERS = [/status of 401 \(Unauthorized\) \(http:[^ ]*\/api\/session\?/];

interface Screened {
  /** Complaints nobody announced: errors of the console and of scripts, violations of a content security policy. */
  readonly complaints: string[];
  /** From here on this person's network fails on purpose. */
  expectTrouble(): void;
  /** A refusal with this status is part of the story. */
  expectRefusal(status: number): void;
}

const all = new WeakMap<BrowserContext, Screened>();

/** Writes down what a browser complains about, in every page and frame of `context`. */
export function screen(context: BrowserContext): Screened {
  const complaints: string[] = [];
  const allowed = [...ANSWERS];
  const note = (text: string) => {
    if (!allowed.some((expected) => expected.test(text))) complaints.push(text);
  };
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      note(`${message.type()}: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => note(`uncaught: ${error.error().stack ?? error.error().message}`));
  const screened: Screened = {
    complaints,
    expectTrouble: () => void allowed.push(...TROUBLE),
    expectRefusal: (status) => void allowed.push(new RegExp(`Failed to load resource.* status of ${status}`)),
  };
  all.set(context, screened);
  return screened;
}

export function screened(context: BrowserContext): Screened {
  return all.get(context)!;
}

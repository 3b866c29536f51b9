/** Browsers of other kinds than Playwright's, which drives builds of its own only: Debian's Firefox and WebKitGTK. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Readable } from 'node:stream';
import { expect } from '@playwright/test';
import { freePorts } from './desk.ts';
import { Line } from './line.ts';
import { openShadows } from './story.ts';
import { WebDriver } from './webdriver.ts';

/** Each part of a start that takes longer hangs. */
const STARTS_WITHIN_MS = 30_000;

/** A machine's message bus that does not answer would hold up a start for longer than that, and no story needs one. */
const NO_BUS = { DBUS_SESSION_BUS_ADDRESS: 'disabled:', DBUS_SYSTEM_BUS_ADDRESS: 'disabled:', NO_AT_BRIDGE: '1' };

export interface Engine {
  name: string;
  /** The programs it takes. */
  needs: readonly string[];
  start(): Promise<Running>;
}

export interface Running {
  browser: WebDriver;
  quit(): Promise<void>;
}

const firefox: Engine = {
  name: 'Firefox ESR',
  needs: ['firefox-esr', 'geckodriver'],
  async start() {
    const port = await freePorts();
    const driver = spawn('geckodriver', ['--port', `${port}`], { stdio: 'ignore', env: { ...process.env, ...NO_BUS } });
    return drive(port, [driver], {
      'moz:firefoxOptions': { binary: whereIs('firefox-esr'), args: ['-headless'] },
    });
  },
};

/** MiniBrowser comes with the driver, which knows where it is. It has no headless mode. */
const webKit: Engine = {
  name: 'WebKitGTK',
  needs: ['WebKitWebDriver', 'Xvfb'],
  async start() {
    const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    const shown = once(screen.stdio[3] as Readable, 'data', { signal: AbortSignal.timeout(STARTS_WITHIN_MS) });
    const [display] = await shown.catch((error: unknown) => {
      screen.kill();
      throw error;
    });
    const port = await freePorts();
    const env = { ...process.env, ...NO_BUS, DISPLAY: `:${String(display).trim()}` };
    const driver = spawn('WebKitWebDriver', [`--port=${port}`], { stdio: 'ignore', env });
    // Its WebDriver has no way into a closed shadow root yet (https://bugs.webkit.org/show_bug.cgi?id=320461).
    const line = await Line.open(`<!doctype html><script>(${openShadows})()</script>`);
    const running = await drive(port, [driver, screen], {
      proxy: { proxyType: 'manual', httpProxy: new URL(line.proxy.server).host, noProxy: ['localhost'] },
    }).catch(async (error: unknown) => {
      await line.close();
      throw error;
    });
    const quit = () => running.quit().finally(() => line.close());
    return { ...running, quit };
  },
};

export const ENGINES = [firefox, webKit];

/** What of it is not installed here. */
export function missing({ needs }: Engine): string[] {
  return needs.filter((program) => whereIs(program) === undefined);
}

function whereIs(program: string): string | undefined {
  const folders = process.env.PATH?.split(delimiter) ?? [];
  return folders.map((folder) => join(folder, program)).find(existsSync);
}

/** A browser of the driver that listens on `port`. Its processes end with it, those named first earlier. */
async function drive(port: number, processes: ChildProcess[], capabilities: object): Promise<Running> {
  const driver = `http://127.0.0.1:${port}`;
  const end = async () => {
    for (const it of processes) {
      const ended = once(it, 'exit');
      if (it.kill()) await ended;
    }
  };
  try {
    await expect(() => fetch(`${driver}/status`)).toPass({ timeout: STARTS_WITHIN_MS, intervals: [50] });
    const browser = await WebDriver.open(driver, capabilities, STARTS_WITHIN_MS);
    return { browser, quit: () => browser.close().finally(end) };
  } catch (error) {
    await end();
    throw error;
  }
}

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { count } from './figures.ts';

const READY_WITHIN_MS = 60_000;
const LOG_SHOWN = 60;
const DATA = 'deskbell.db';

/** A running installation, usually with the demo's cast: the program itself, on ports and in a data folder of its own. */
export class Desk {
  /** Where the program serves its pages. */
  readonly url: string;
  /** The demo's web page with the chat on it: another site than `url`. */
  readonly site: string;
  #folder: string;
  #port: number;
  #demo: boolean;
  /** The configuration file, once there is one. */
  #config: string | undefined;
  #service: ChildProcess | undefined;
  #said: string[] = [];

  /** The demo's web page is on the next port. */
  private constructor(folder: string, port: number, demo: boolean) {
    this.#folder = folder;
    this.#port = port;
    this.#demo = demo;
    this.url = `http://localhost:${port}`;
    this.site = `http://127.0.0.1:${port + 1}`;
  }

  static async start(demo = true): Promise<Desk> {
    const folder = await mkdtemp(join(tmpdir(), 'deskbell-e2e-'));
    const desk = new Desk(folder, await freePorts(), demo);
    const cast = process.env.DESKBELL_CAST;
    if (demo && cast !== undefined) await copyFile(cast, join(folder, DATA));
    await desk.restart();
    return desk;
  }

  /** Ends the program as its owner would, and tells where its data is. */
  async settle(): Promise<string> {
    await this.#end('SIGTERM');
    return join(this.#folder, DATA);
  }

  /** Ends the program as a power switch would, as far as a process can. */
  async kill(): Promise<void> {
    count('kills');
    await this.#end();
  }

  async #end(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const service = this.#service;
    this.#service = undefined;
    if (service === undefined || service.exitCode !== null) return;
    const ended = new Promise((end) => service.once('exit', end));
    service.kill(signal);
    await ended;
  }

  /** Starts the program, on the same ports and data as before, and waits until it says that it is ready. */
  async restart(): Promise<void> {
    await this.#end();
    const listen = `127.0.0.1:${this.#port}`;
    const demo = this.#demo ? ['--demo'] : [];
    const config = this.#config === undefined ? [] : ['--config', this.#config];
    const given = [...demo, ...config, '--data-dir', this.#folder, '--database', this.#database, '--listen', listen];
    const service = spawn(built('deskbell', process.env.DESKBELL_BIN), ['serve', ...given]);
    this.#service = service;
    this.#said = [];
    await new Promise<void>((ready, fail) => {
      const late = setTimeout(() => fail(this.#trouble('did not get ready')), READY_WITHIN_MS);
      service.on('error', fail);
      service.on('exit', (code) => fail(this.#trouble(`ended with ${code}`)));
      for (const output of [service.stdout, service.stderr]) {
        createInterface(output).on('line', (line) => {
          this.#said.push(line);
          if (!line.includes('deskbell is ready on')) return;
          clearTimeout(late);
          ready();
        });
      }
    });
  }

  /** Starts the program anew with this configuration. `{folder}` stands for one of its own, which has the file `secret`. */
  async configure(toml: string, secret: string): Promise<void> {
    await writeFile(join(this.#folder, 'secret'), secret);
    this.#config = join(this.#folder, 'deskbell.toml');
    await writeFile(this.#config, toml.replaceAll('{folder}', this.#folder));
    await this.restart();
  }

  /** Runs a command of the program on this installation's data, beside the service; throws when it fails. */
  async cli(...args: string[]): Promise<string> {
    const [verb = '', ...rest] = args;
    const { stdout, stderr } = await promisify(execFile)(built('deskbell', process.env.DESKBELL_BIN), [
      verb,
      '--data-dir',
      this.#folder,
      '--database',
      this.#database,
      ...rest,
    ]);
    return stdout + stderr;
  }

  async stop(): Promise<void> {
    await this.#end();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** What the program printed last. */
  get log(): string {
    return this.#said.slice(-LOG_SHOWN).join('\n');
  }

  get #database(): string {
    return `sqlite:${join(this.#folder, DATA)}`;
  }

  #trouble(what: string): Error {
    return new Error(`The program ${what}. It said:\n${this.log}`);
  }
}

/** A program of this checkout, or the one given instead. */
export function built(name: string, given?: string): string {
  const checkout = resolve(import.meta.dirname, '../..');
  const path = given ?? resolve(checkout, process.env.CARGO_TARGET_DIR ?? 'target', 'debug', name);
  if (!existsSync(path)) throw new Error(`There is no program at ${path}: build it, or name ours in DESKBELL_BIN`);
  return path;
}

/** A port that is free with the next one, also after a restart: below those the kernel gives to whoever asks for any. */
export async function freePorts(): Promise<number> {
  for (;;) {
    // Browsers do not open 10080, which was another service's.
    const port = 10_100 + 2 * Math.floor(Math.random() * 9_900);
    if ((await isFree(port)) && (await isFree(port + 1))) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const server = createServer();
    server.once('error', () => answer(false));
    server.listen(port, '127.0.0.1', () => server.close(() => answer(true)));
  });
}

/** A stand-in for a ticket system of others: the one that the server's tests talk to, as a program. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { built, type Desk } from './desk.ts';

export interface Article {
  visible: boolean;
  subject: string;
  body: string;
  files: { name: string; length: number }[];
}

/** Whom Znuny does not tell of. */
const AGENTS = ['agents = { ines = "Ines Vogt", maren = "Maren Holt" }', 'responsible = true'];

export class Stand {
  readonly url: string;
  #kind: 'znuny' | 'zammad';
  #program: ChildProcess;

  private constructor(kind: 'znuny' | 'zammad', program: ChildProcess, url: string) {
    this.#kind = kind;
    this.#program = program;
    this.url = url;
  }

  static async start(kind: 'znuny' | 'zammad'): Promise<Stand> {
    const program = spawn(built('stand'), [kind], { stdio: ['ignore', 'pipe', 'inherit'] });
    const url = await new Promise<string>((told, fail) => {
      program.on('error', fail);
      createInterface(program.stdout).once('line', told);
    });
    return new Stand(kind, program, url);
  }

  /** Tickets are here from now on; agents reach the queue Travel by their keys on the group travel. */
  async connect(desk: Desk): Promise<void> {
    const [below, secret] =
      this.#kind === 'znuny' ? ['/otrs/nph-genericinterface.pl', 'sesame-open-4711'] : ['', 'tok-1ce-cr3am-0815'];
    const config = {
      ...{ kind: this.#kind, url: this.url + below, secret_file: '{folder}/secret', stranger: 'jonas' },
      ...{ service: 'Deskbell Connector', user: 'deskbell' },
    };
    const lines = Object.entries(config).map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
    await desk.configure(['[desk]', ...lines, 'queues = { Travel = "travel" }', ...AGENTS, ''].join('\n'), secret);
  }

  /** What is in all its tickets, the oldest first. */
  async tickets(): Promise<Article[][]> {
    const answer = await fetch(`${this.url}/_/tickets`);
    return (await answer.json()) as Article[][];
  }

  /** The next thing it is to store fails: with an error, or it is stored and nobody is told. */
  async failNext(fault: 'error' | 'cut'): Promise<void> {
    await fetch(`${this.url}/_/fail/${fault}`, { method: 'POST' });
  }

  stop(): void {
    this.#program.kill('SIGKILL');
  }
}

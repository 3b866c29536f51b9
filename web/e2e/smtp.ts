import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Desk } from './desk.ts';
import { readPdf } from './pdf.ts';
import { expect } from './story.ts';

const SCRIPT = resolve(import.meta.dirname, '../../crates/server/tests/smtp.py');

/** A real mail server that keeps what arrives. */
export class Smtp {
  private constructor(
    readonly port: number,
    readonly folder: string,
    readonly process: ChildProcess,
  ) {}

  static async start(): Promise<Smtp> {
    const folder = await mkdtemp(join(tmpdir(), 'deskbell-smtp-'));
    const process = spawn('/usr/bin/python3', [SCRIPT, folder], { stdio: ['pipe', 'pipe', 'inherit'] });
    const port = await new Promise<number>((said, fail) => {
      process.on('error', fail);
      createInterface(process.stdout).once('line', (line) => said(Number(line)));
    });
    return new Smtp(port, folder, process);
  }

  async connect(desk: Desk): Promise<void> {
    await desk.configure(
      `[mail]\nserver = "localhost:${this.port}"\ntls = "none"\nfrom = "Skerry Ferries <help@skerry.example>"\n`,
      '',
    );
  }

  /** The letters that have arrived, as they were given; waits until there are so many. */
  async letters(count: number): Promise<string[]> {
    const names = async () => (await readdir(this.folder)).filter((name) => name.endsWith('.json')).sort();
    await expect.poll(async () => (await names()).length).toBe(count);
    const kept = (await names()).map((name) => join(this.folder, name.replace('.json', '.eml')));
    return Promise.all(kept.map((path) => readFile(path, 'utf8')));
  }

  /** What the PDF of a letter says. */
  async readPdf(letter: string): Promise<string> {
    const [, pdf] = /^Content-Type: application\/pdf\r\n(?:.+\r\n)*\r\n([\w+/=\r\n]+)/m.exec(letter) ?? [];
    if (pdf === undefined) throw new Error(`There is no PDF in this letter:\n${letter}`);
    const path = join(this.folder, 'letter.pdf');
    await writeFile(path, Buffer.from(pdf, 'base64'));
    return readPdf(path);
  }

  async stop(): Promise<void> {
    this.process.kill();
    await rm(this.folder, { recursive: true, force: true });
  }
}

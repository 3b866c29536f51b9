/** What a PDF says to somebody else's program. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** The words of a PDF, with one space between any two of them. */
export async function readPdf(path: string): Promise<string> {
  const { stdout } = await promisify(execFile)('pdftotext', ['-enc', 'UTF-8', path, '-']);
  return stdout.replace(/\s+/g, ' ');
}

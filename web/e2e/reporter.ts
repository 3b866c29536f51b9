import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FullResult, Reporter, Suite } from '@playwright/test/reporter';
import type { Figure } from './figures.ts';

const proof = process.env.DESKBELL_PROOF_DIR ?? join(import.meta.dirname, '../../target/proof');

/** Leaves `browser.json`, the lane's line in the table at the end of `make test`. */
export default class LaneReporter implements Reporter {
  #suite: Suite | undefined;
  #began = performance.now();
  #troubles = 0;

  onBegin(_config: unknown, suite: Suite): void {
    this.#suite = suite;
    this.#began = performance.now();
    // Written before anything happens: a killed run leaves this behind, not silence.
    this.#write(false, 0, {});
  }

  /** Something outside of a story went wrong. */
  onError(): void {
    this.#troubles++;
  }

  onEnd(result: FullResult): void {
    const tests = this.#suite?.allTests() ?? [];
    const ran = tests.filter((test) => test.results.length > 0 && test.outcome() !== 'skipped');
    for (const test of tests.filter((test) => test.outcome() === 'skipped')) {
      console.warn(`NOT PROVEN: ${test.annotations.map(({ description }) => description).join('; ')}`);
    }
    const failed = ran.filter((test) => !test.ok());
    // Told once more: often only the end of a long output is kept.
    for (const { title, results } of failed) {
      for (const { message = '' } of results.flatMap(({ errors }) => errors))
        console.error(`FAILED: ${title}\n${message.slice(0, 2_000)}`);
    }
    // Interrupted or out of time: what was left out is not proven.
    const cut = result.status === 'interrupted' || result.status === 'timedout' ? 1 : 0;
    const annotations = ran.flatMap(({ results }) => results.flatMap(({ annotations }) => annotations));
    const sum = (figure: Figure) => annotations.filter(({ type }) => type === figure).length;
    this.#write(true, failed.length + cut + this.#troubles, {
      stories: ran.length,
      views_checked_by_axe: sum('views_checked_by_axe'),
      screenshots: sum('screenshots'),
      kills: sum('kills'),
    });
  }

  #write(ran: boolean, violations: number, figures: Record<string, number>): void {
    const report = {
      lane: 'browser',
      ran,
      skipped: null,
      cases: figures.stories ?? 0,
      violations,
      seconds: Math.round(performance.now() - this.#began) / 1000,
      figures,
    };
    mkdirSync(proof, { recursive: true });
    writeFileSync(join(proof, 'browser.json'), `${JSON.stringify(report, null, 2)}\n`);
  }
}

import { expect, type Page } from '@playwright/test';

interface Seen {
  name: string;
  expanded: boolean;
  focused: boolean;
  node: number;
}

/**
 * The button on the host page. It lives in a closed shadow root, where Playwright does not look, so it is found as a screen
 * reader finds it: by role and name in the accessibility tree.
 */
export class Launcher {
  constructor(
    readonly page: Page,
    readonly names: RegExp,
  ) {}

  /** What is said of it now; `undefined` while there is none. */
  async seen(): Promise<Seen | undefined> {
    return this.#ask(async (cdp) => {
      const { root } = await cdp.send('DOM.getDocument', { depth: 0 });
      const { nodes } = await cdp.send('Accessibility.queryAXTree', { nodeId: root.nodeId, role: 'button' });
      const node = nodes.find(({ name, ignored }) => !ignored && this.names.test(String(name?.value)));
      if (node === undefined) return undefined;
      const is = (what: string) => node.properties?.find(({ name }) => name === what)?.value.value === true;
      return {
        name: String(node.name?.value),
        expanded: is('expanded'),
        focused: is('focused'),
        node: node.backendDOMNodeId ?? 0,
      };
    });
  }

  async press(): Promise<void> {
    await expect.poll(() => this.seen(), 'the launcher is on the page').toBeDefined();
    const { x, y } = await this.middle();
    await this.page.mouse.click(x, y);
  }

  /** Where it is on the page. */
  async middle(): Promise<{ x: number; y: number }> {
    const seen = await this.seen();
    if (seen === undefined) throw new Error('There is no launcher on this page');
    const { quads } = await this.#ask((cdp) => cdp.send('DOM.getContentQuads', { backendNodeId: seen.node }));
    const [x1 = 0, y1 = 0, , , x2 = 0, y2 = 0] = quads[0] ?? [];
    return { x: (x1 + x2) / 2, y: (y1 + y2) / 2 };
  }

  async #ask<T>(what: (cdp: Awaited<ReturnType<ReturnType<Page['context']>['newCDPSession']>>) => Promise<T>) {
    const cdp = await this.page.context().newCDPSession(this.page);
    try {
      return await what(cdp);
    } finally {
      await cdp.detach();
    }
  }
}

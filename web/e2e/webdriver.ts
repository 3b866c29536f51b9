/** What WebDriver calls an element and a shadow root in its answers. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
const SHADOW = 'shadow-6066-11e4-a52e-4f735466cecf';

export const ENTER = '\uE007';

/**
 * A browser behind a driver, with those few commands of W3C WebDriver (https://www.w3.org/TR/webdriver2) that the stories
 * need. Each fails at once when what it asks for is not there: waiting is for the caller.
 */
export class WebDriver {
  readonly version: string;
  #session: string;

  private constructor(session: string, version: string) {
    this.#session = session;
    this.version = version;
  }

  /** Has `driver` start a browser; fails if that takes too long. */
  static async open(driver: string, capabilities: object, withinMs: number): Promise<WebDriver> {
    const body = { capabilities: { alwaysMatch: capabilities } };
    const { sessionId, capabilities: got } = await ask<{ sessionId: string; capabilities: { browserVersion: string } }>(
      'POST',
      `${driver}/session`,
      body,
      AbortSignal.timeout(withinMs),
    );
    return new WebDriver(`${driver}/session/${sessionId}`, got.browserVersion);
  }

  async close(): Promise<void> {
    await ask('DELETE', this.#session);
  }

  async goTo(address: string): Promise<void> {
    await this.#post('url', { url: address });
  }

  async reload(): Promise<void> {
    await this.#post('refresh');
  }

  /** The first element of the page or frame, or of a shadow root in it, that matches a CSS selector. */
  async find(selector: string, root = ''): Promise<string> {
    const found = await this.#post<Record<string, string>>(`${root && `shadow/${root}/`}element`, by(selector));
    return found[ELEMENT]!;
  }

  /** The one that matches and that a screen reader would call so. */
  async named(selector: string, name: string): Promise<string> {
    for (const found of await this.#post<Record<string, string>[]>('elements', by(selector))) {
      if ((await this.#get(`element/${found[ELEMENT]}/computedlabel`)) === name) return found[ELEMENT]!;
    }
    throw new Error(`There is no ${selector} that is called “${name}”`);
  }

  async shadowRoot(host: string): Promise<string> {
    return (await this.#get<Record<string, string>>(`element/${host}/shadow`))[SHADOW]!;
  }

  async isEnabled(element: string): Promise<boolean> {
    return this.#get(`element/${element}/enabled`);
  }

  /** As it is read on the screen. (WebDriver's own word for it has no line breaks in WebKit.) */
  async text(element: string): Promise<string> {
    return this.run('return arguments[0].innerText', { [ELEMENT]: element });
  }

  async click(element: string): Promise<void> {
    await this.#post(`element/${element}/click`);
  }

  async type(element: string, text: string): Promise<void> {
    await this.#post(`element/${element}/value`, { text });
  }

  /** Goes into a frame of the page or frame it is in, or out to the page. */
  async enter(frame: string | null): Promise<void> {
    await this.#post('frame', { id: frame && { [ELEMENT]: frame } });
  }

  /** What a script of the page or frame answers. */
  async run<T>(script: string, ...args: unknown[]): Promise<T> {
    return this.#post('execute/sync', { script, args });
  }

  async screenshot(): Promise<Buffer> {
    return Buffer.from(await this.#get<string>('screenshot'), 'base64');
  }

  #get<T>(what: string): Promise<T> {
    return ask('GET', `${this.#session}/${what}`);
  }

  #post<T = null>(what: string, body: object = {}): Promise<T> {
    return ask('POST', `${this.#session}/${what}`, body);
  }
}

function by(selector: string) {
  return { using: 'css selector', value: selector };
}

async function ask<T>(method: string, address: string, body?: object, signal: AbortSignal | null = null): Promise<T> {
  const content = body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const response = await fetch(address, { method, signal, ...content });
  const { value } = (await response.json()) as { value: T & { error: string; message: string } };
  if (!response.ok) throw new Error(`${value.error}: ${value.message} (${method} ${new URL(address).pathname})`);
  return value;
}

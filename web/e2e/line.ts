import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/**
 * One person's way to the network, as an HTTP proxy that can be cut. `context.setOffline` tells a page that it is offline
 * and refuses new requests, but lets an open WebSocket go on; here a cut ends it, as it does in a tunnel.
 */
export class Line {
  #server: Server;
  #ends = new Set<Duplex>();
  #cut = false;

  private constructor(before: string) {
    this.#server = createServer((incoming, answer) => {
      const { port, pathname, search } = new URL(incoming.url ?? '');
      const { method, headers } = incoming;
      const outgoing = request({ host: '127.0.0.1', port, path: pathname + search, method, headers }, (response) => {
        const { 'content-length': length, ...headers } = response.headers;
        if (before === '' || !isOpenPage(headers)) answer.writeHead(response.statusCode ?? 502, response.headers);
        else answer.writeHead(response.statusCode ?? 502, headers).write(before);
        response.pipe(answer);
      });
      outgoing.on('error', () => incoming.socket.destroy());
      incoming.on('error', () => outgoing.destroy());
      incoming.pipe(outgoing);
    });
    this.#server.on('connection', (socket: Socket) => this.#know(socket));
    // WebSockets come this way, also without TLS.
    this.#server.on('connect', (incoming: IncomingMessage, near: Duplex, head: Buffer) => {
      const far = connect(Number(incoming.url?.split(':').at(-1)), '127.0.0.1', () => {
        near.write('HTTP/1.1 200 Connected\r\n\r\n');
        far.write(head);
        near.pipe(far).pipe(near);
      });
      this.#know(far);
      near.on('close', () => far.destroy());
      far.on('close', () => near.destroy());
    });
  }

  /** `before` comes before the text of every page that has no policy against it. */
  static async open(before = ''): Promise<Line> {
    const line = new Line(before);
    await new Promise<void>((listening) => line.#server.listen(0, '127.0.0.1', listening));
    return line;
  }

  /** For the browser context; loopback would go past it otherwise. */
  get proxy() {
    return { server: `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`, bypass: '<-loopback>' };
  }

  cut(): void {
    this.#cut = true;
    for (const end of this.#ends) end.destroy();
  }

  mend(): void {
    this.#cut = false;
  }

  close(): void {
    this.cut();
    this.#server.close();
  }

  #know(end: Duplex): void {
    end.on('error', () => {});
    if (this.#cut) {
      end.destroy();
      return;
    }
    this.#ends.add(end);
    end.on('close', () => this.#ends.delete(end));
  }
}

function isOpenPage(headers: IncomingHttpHeaders): boolean {
  return headers['content-type']?.startsWith('text/html') === true && !('content-security-policy' in headers);
}

/** What the surfaces may use of the way to the server: calls, how they fail, and the connection itself. */
export { contentAt, fileAt, putLogo, putPicture } from '../api/files.ts';
export { Api, Refusal, Unreachable } from '../api/http.ts';
export { Listeners } from '../api/listeners.ts';
export { type Link, type LinkState, Socket } from '../api/socket.ts';

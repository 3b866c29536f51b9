/**
 * The HTTP API as one typed function. The map of routes below is the list of what exists; bodies and answers
 * are the types made from `crates/wire`.
 */
import type {
  Act,
  AddArticle,
  AddMyChat,
  AdminAgents,
  AdminChannels,
  AdminCompanies,
  AdminCustomers,
  AdminLetters,
  AdminLook,
  AdminMade,
  AdminQueues,
  AdminRights,
  AdminSessions,
  AdminSettings,
  AdminSnippets,
  AppendChat,
  ArticleWritten,
  AuditPage,
  ChangeAgent,
  ChangeChannel,
  ChangeCompany,
  ChangeCustomer,
  ChangePassword,
  ChangeQueue,
  ChangeSnippet,
  ChangeTicket,
  ChannelFields,
  ChatSnapshot,
  Chats,
  ChatView,
  ConfirmMail,
  CustomerUserView,
  Done,
  Draft,
  Entries,
  Factor,
  FactorOffer,
  Forgotten,
  FoundChats,
  FoundCustomers,
  GuardGroup,
  Identify,
  InviteAgent,
  Invitees,
  LeaveMessage,
  LinkUsed,
  LinkView,
  LookAtLink,
  LookAtPage,
  MadeLink,
  MailChat,
  MakeAgent,
  MakeCustomer,
  MakeLink,
  MakeMyTicket,
  MakeNamed,
  MakeTicket,
  MessageLeft,
  MoveChat,
  MyTicket,
  MyTicketMade,
  MyTickets,
  NewIdentityKey,
  NewPassword,
  NewVisitor,
  Offer,
  OutOfOffice,
  PageFound,
  People,
  PeopleTab,
  Problem,
  Profile,
  ProveMe,
  QueueFields,
  Queues,
  ReadUpTo,
  RecoveryCodes,
  RedactEntry,
  RequestChat,
  Requests,
  Said,
  Say,
  Sessions,
  SetAvailability,
  SetChannels,
  SetFactor,
  SetHidden,
  SetKey,
  SetMember,
  SetNotify,
  SetSetting,
  SettingsPlan,
  SettingsText,
  Setup,
  SignedIn,
  SignIn,
  SnippetFields,
  SnippetView,
  StartChat,
  Started,
  Supervisor,
  Surface,
  TakeRole,
  TicketList,
  TicketRef,
  TicketView,
  UseLink,
  Visitor,
  WriteArticle,
} from './generated.ts';

interface Route {
  body?: unknown;
  query?: Record<string, string | number | undefined>;
  answer: unknown;
}

/** Every route of the server that the front ends use. */
export interface Routes {
  'GET /api/setup': { answer: { needed: boolean } };
  'POST /api/setup': { body: Setup; answer: SignedIn };
  'POST /api/session': { body: SignIn; answer: SignedIn };
  'GET /api/session': { query: { surface: Surface }; answer: SignedIn };
  'DELETE /api/session': { query: { surface: Surface }; answer: undefined };
  'PUT /api/password': { body: ChangePassword; answer: undefined };
  'POST /api/password/forgotten': { body: Forgotten; answer: undefined };
  'POST /api/links/look': { body: LookAtLink; answer: LinkView };
  'POST /api/links/use': { body: UseLink; answer: LinkUsed };
  'GET /api/sessions': { answer: Sessions };
  'DELETE /api/sessions': { answer: undefined };
  'DELETE /api/sessions/{id}': { answer: undefined };
  'GET /api/second_factor': { answer: Factor };
  'PUT /api/second_factor': { body: SetFactor; answer: RecoveryCodes };
  'POST /api/second_factor/offer': { body: ProveMe; answer: FactorOffer };
  'POST /api/second_factor/codes': { body: ProveMe; answer: RecoveryCodes };
  'POST /api/second_factor/remove': { body: ProveMe; answer: undefined };
  'PUT /api/me/profile': { body: Profile; answer: undefined };
  'DELETE /api/me/picture': { answer: undefined };
  'GET /api/snippets/{snippet}': { answer: SnippetView };
  'POST /api/snippets/{snippet}/visitors': { body: NewVisitor; answer: Visitor };
  'POST /api/snippets/{snippet}/identity': { body: Identify; answer: Visitor };
  'GET /api/offer': { answer: Offer };
  'POST /api/chats': { body: StartChat; answer: Started };
  'GET /api/chats': { query: { which: 'mine' | 'archive'; before?: string | undefined }; answer: Chats };
  'GET /api/archive': {
    query: {
      q?: string | undefined;
      channel?: string | undefined;
      from?: number | undefined;
      to?: number | undefined;
      before?: string | undefined;
    };
    answer: FoundChats;
  };
  'GET /api/queues': {
    query: { agents_of?: string | undefined };
    answer: Queues;
  };
  'GET /api/customers': { query: { q: string }; answer: FoundCustomers };
  'GET /api/tickets': {
    query: {
      queue?: string | undefined;
      state?: string | undefined;
      owner?: string | undefined;
      q?: string | undefined;
      before?: string | undefined;
    };
    answer: TicketList;
  };
  'POST /api/tickets': { body: MakeTicket; answer: TicketRef };
  'GET /api/tickets/{ticket}': { query: { before?: number | undefined }; answer: TicketView };
  'POST /api/tickets/{ticket}/articles': { body: AddArticle; answer: ArticleWritten };
  'POST /api/tickets/{ticket}/change': { body: ChangeTicket; answer: Done };
  'POST /api/tickets/{ticket}/chats': { body: AppendChat; answer: TicketRef };
  'GET /api/chats/{chat}': { answer: ChatSnapshot };
  'GET /api/chats/{chat}/entries': {
    query: { before?: number | undefined; after?: number | undefined; limit?: number | undefined };
    answer: Entries;
  };
  'POST /api/chats/{chat}/entries': { body: Say; answer: Said };
  'POST /api/chats/{chat}/accept': { body: Act; answer: ChatView };
  'POST /api/chats/{chat}/close': { body: Act; answer: ChatView };
  'POST /api/chats/{chat}/hand_back': { body: Act; answer: Done };
  'POST /api/chats/{chat}/leave': { body: Act; answer: Done };
  'POST /api/chats/{chat}/mail': { body: MailChat; answer: Done };
  'POST /api/mail/confirm': { body: ConfirmMail; answer: Done };
  'POST /api/chats/{chat}/redact': { body: RedactEntry; answer: Done };
  'POST /api/chats/{chat}/read': { body: ReadUpTo; answer: undefined };
  'POST /api/chats/{chat}/decline': { body: Act; answer: Done };
  'POST /api/chats/{chat}/invite': { body: InviteAgent; answer: ChatView };
  'GET /api/chats/{chat}/invitees': { answer: Invitees };
  'POST /api/chats/{chat}/join': { body: TakeRole; answer: ChatView };
  'POST /api/chats/{chat}/role': { body: TakeRole; answer: ChatView };
  'POST /api/chats/{chat}/move': { body: MoveChat; answer: Done };
  'GET /api/chats/{chat}/channels': { answer: Offer };
  'PUT /api/chats/{chat}/hidden': { body: SetHidden; answer: Done };
  'PUT /api/chats/{chat}/notify': { body: SetNotify; answer: Done };
  'PUT /api/chats/{chat}/draft': { body: Draft; answer: Done };
  'POST /api/people/{person}/chats': { body: RequestChat; answer: Started };
  'GET /api/requests': { answer: Requests };
  'GET /api/admin/settings': { answer: AdminSettings };
  'PUT /api/admin/settings/{name}': { body: SetSetting; answer: Done };
  'GET /api/admin/settings/text': { answer: SettingsText };
  'POST /api/admin/settings/plan': { body: SettingsText; answer: SettingsPlan };
  'POST /api/admin/settings/apply': { body: SettingsText; answer: SettingsPlan };
  'GET /api/admin/channels': { answer: AdminChannels };
  'POST /api/admin/channels': { body: ChannelFields; answer: AdminMade };
  'PUT /api/admin/channels/{id}': { body: ChangeChannel; answer: Done };
  'GET /api/admin/agents': {
    query: { q?: string | undefined; after?: string | undefined };
    answer: AdminAgents;
  };
  'POST /api/admin/agents': { body: MakeAgent; answer: NewPassword };
  'PUT /api/admin/agents/{id}': { body: ChangeAgent; answer: Done };
  'POST /api/admin/agents/{id}/password': { answer: NewPassword };
  'GET /api/admin/queues': { answer: AdminQueues };
  'POST /api/admin/queues': { body: QueueFields; answer: AdminMade };
  'PUT /api/admin/queues/{id}': { body: ChangeQueue; answer: Done };
  'GET /api/admin/customers': {
    query: { q?: string | undefined; after?: string | undefined };
    answer: AdminCustomers;
  };
  'POST /api/admin/customers': { body: MakeCustomer; answer: NewPassword };
  'PUT /api/admin/customers/{id}': { body: ChangeCustomer; answer: Done };
  'POST /api/admin/customers/{id}/password': { answer: NewPassword };
  'GET /api/admin/companies': {
    query: { q?: string | undefined; after?: string | undefined };
    answer: AdminCompanies;
  };
  'PUT /api/admin/companies/{id}': { body: ChangeCompany; answer: Done };
  'GET /api/admin/letters': { query: { before?: string | undefined }; answer: AdminLetters };
  'POST /api/admin/letters/{id}/again': { answer: Done };
  'GET /api/admin/look': { answer: AdminLook };
  'DELETE /api/admin/look/logo': { answer: Done };
  'GET /api/admin/snippets': { answer: AdminSnippets };
  'POST /api/admin/snippets': { body: SnippetFields; answer: AdminMade };
  'PUT /api/admin/snippets/{id}': { body: ChangeSnippet; answer: Done };
  'POST /api/admin/snippets/{id}/page': { body: LookAtPage; answer: PageFound };
  'POST /api/admin/snippets/{id}/keys': { answer: NewIdentityKey };
  'DELETE /api/admin/snippets/{id}/keys/{key}': { answer: Done };
  'POST /api/admin/people/{id}/link': { body: MakeLink; answer: MadeLink };
  'DELETE /api/admin/people/{id}/sessions': { answer: Done };
  'DELETE /api/admin/people/{id}/second_factor': { answer: Done };
  'GET /api/admin/sessions': {
    query: { q?: string | undefined; after?: string | undefined };
    answer: AdminSessions;
  };
  'DELETE /api/admin/sessions/{id}': { answer: Done };
  'PUT /api/admin/guards': { body: GuardGroup; answer: Done };
  'GET /api/admin/rights': { answer: AdminRights };
  'PUT /api/admin/keys': { body: SetKey; answer: Done };
  'PUT /api/admin/members': { body: SetMember; answer: Done };
  'POST /api/admin/roles': { body: MakeNamed; answer: Done };
  'POST /api/admin/groups': { body: MakeNamed; answer: Done };
  'GET /api/admin/audit': {
    query: { before?: number | undefined; kind?: string | undefined; subject?: string | undefined };
    answer: AuditPage;
  };
  'PUT /api/me/availability': { body: SetAvailability; answer: undefined };
  'PUT /api/me/channels': { body: SetChannels; answer: undefined };
  'PUT /api/me/out_of_office': { body: OutOfOffice; answer: undefined };
  'GET /api/people': {
    query: { tab: PeopleTab; q?: string | undefined; after?: string | undefined; limit?: number | undefined };
    answer: People;
  };
  'GET /api/customers/{customer}': { query: { after?: string | undefined }; answer: CustomerUserView };
  'GET /api/supervisor': { answer: Supervisor };
  /** A file: `open` it. */
  'GET /api/chats/{chat}/transcript': {
    query: { form: 'pdf' | 'html' | 'text' | 'json'; language: string; zone: string };
    answer: unknown;
  };
  'POST /api/snippets/{snippet}/messages': { body: LeaveMessage; answer: MessageLeft };
  'GET /api/my/tickets': { query: { whose: 'mine' | 'company'; before?: string | undefined }; answer: MyTickets };
  'GET /api/my/tickets/{ticket}': { query: { before?: number | undefined }; answer: MyTicket };
  'POST /api/my/tickets': { body: MakeMyTicket; answer: MyTicketMade };
  'POST /api/my/tickets/{ticket}/articles': { body: WriteArticle; answer: ArticleWritten };
  'POST /api/my/tickets/{ticket}/chats': { body: AddMyChat; answer: Done };
}

type PlacesOf<R extends string> = R extends `${string}{${infer Name}}${infer Rest}` ? Name | PlacesOf<Rest> : never;

/** What a route wants: its places in the path by name, `query` and `body`. */
export type Give<R extends keyof Routes> = { [Name in PlacesOf<R>]: string } & (Routes[R] extends { body: infer B }
  ? { body: B }
  : unknown) &
  (Routes[R] extends { query: infer Q } ? { query: Q } : unknown);

type Given<R extends keyof Routes> = keyof Give<R> extends never ? [] : [Give<R>];

/** The server said no. `problem.code` is what callers match on. */
export class Refusal extends Error {
  readonly status: number;
  readonly problem: Problem;

  constructor(status: number, problem: Problem) {
    super(`${problem.code}: ${problem.say}`);
    this.name = 'Refusal';
    this.status = status;
    this.problem = problem;
  }

  /** The command was not carried out. After a fault of the server it may have been, and goes out under the same id. */
  get final(): boolean {
    return this.status < 500;
  }
}

/** Nobody answered, or somebody on the way who is not Deskbell. Whether the command was carried out is unknown. */
export class Unreachable extends Error {
  constructor(cause?: unknown) {
    super('the server cannot be reached', { cause });
    this.name = 'Unreachable';
  }
}

const PATIENCE_MS = 20_000;

export class Api {
  readonly surface: Surface;
  /** A visitor's token; agents and customer users are known by their cookie. */
  token: string | undefined;
  #fetch: typeof fetch;

  constructor(surface: Surface, token?: string, fetcher: typeof fetch = (...it) => fetch(...it)) {
    this.surface = surface;
    this.token = token;
    this.#fetch = fetcher;
  }

  /** The same API as another visitor. */
  as(token: string): Api {
    return new Api(this.surface, token, this.#fetch);
  }

  /**
   * Calls a route, e.g. `api.call('POST /api/chats/{chat}/close', { chat, body: { cid } })`.
   * Throws `Refusal` or `Unreachable`, nothing else.
   */
  async call<R extends keyof Routes>(route: R, ...given: Given<R>): Promise<Routes[R]['answer']> {
    return readJson(await this.open(route, ...given));
  }

  /** As `call`, and leaves it to the caller to read what came. */
  async open<R extends keyof Routes>(route: R, ...[given]: Given<R>): Promise<Response> {
    const give = (given ?? {}) as Record<string, string> & Pick<Route, 'body' | 'query'>;
    const [method, pattern] = route.split(' ') as [string, string];
    const path = pattern.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(give[name] ?? ''));
    const response = await this.#ask(method, path + queryOf(give.query), give.body);
    if (response.ok) return response;
    const answer = await readJson(response);
    if (isProblem(answer)) throw new Refusal(response.status, answer);
    if (response.status >= 500) throw new Unreachable(`status ${response.status}`);
    throw new Refusal(response.status, {
      code: 'not_understood',
      say: `The server answered ${response.status} without a reason.`,
      next: 'Load this page again.',
    });
  }

  /** Who asks, and from where. */
  headers(): Record<string, string> {
    const headers: Record<string, string> = { 'X-Deskbell-Surface': this.surface };
    if (this.token !== undefined) headers.Authorization = `Bearer ${this.token}`;
    return headers;
  }

  async #ask(method: string, address: string, body: unknown): Promise<Response> {
    const headers = this.headers();
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    try {
      return await this.#fetch(address, {
        method,
        headers,
        body: body === undefined ? null : JSON.stringify(body),
        credentials: this.surface === 'visitor' ? 'omit' : 'same-origin',
        cache: 'no-store',
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
    } catch (cause) {
      throw new Unreachable(cause);
    }
  }
}

function queryOf(query: Route['query']): string {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
  if (given.length === 0) return '';
  return `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}

async function readJson(response: Response): Promise<unknown> {
  try {
    const text = await response.text();
    return text === '' ? undefined : JSON.parse(text);
  } catch (cause) {
    // Half an answer or a proxy's page: with a good status the command may have been carried out, nobody knows.
    if (response.ok) throw new Unreachable(cause);
    return undefined;
  }
}

export function isProblem(answer: unknown): answer is Problem {
  return typeof answer === 'object' && answer !== null && typeof (answer as Problem).code === 'string';
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FluentResource } from '@fluent/bundle';
import type { Plugin } from 'vite';
import type { Messages, Pattern, Piece } from './core/fluent.ts';

/** Which messages of a catalogue each surface needs, by the prefix of their id. */
export const surfaces = {
  agent: ['attached', 'common', 'chat', 'agent', 'problem'],
  customer: ['attached', 'common', 'chat', 'widget', 'customer', 'problem'],
  widget: ['common', 'chat', 'widget', 'problem'],
  later: ['common', 'widget', 'chat', 'problem'],
  mail: ['mail'],
  admin: ['admin', 'setting'],
  preview: ['common', 'chat', 'widget', 'problem', 'preview'],
  account: ['account'],
} as const;

/** What visitors read only when they need it: a catalogue of its own for them. */
const visitorsLater = [
  ...['widget-end', 'widget-closed', 'widget-text-goes-on', 'widget-no-answer', 'widget-keep-waiting'],
  ...[
    'widget-waiting-on',
    'widget-not-done',
    'widget-leave',
    'widget-opens',
    'widget-left',
    'widget-pdf',
    'problem-unreachable',
  ],
  ...['widget-mail', 'chat-entry-mail', 'problem-no_address', 'problem-mail_capped'],
  ...['problem-bad_input', 'problem-internal', 'problem-unidentified', 'widget-agent-lost'],
  ...['chat-file-', 'problem-file', 'problem-picture_too_large'],
  // What only who is in a chat already comes to read or hear, where these are fetched at once.
  ...['chat-too-long', 'chat-left', 'chat-new-below', 'chat-to-newest', 'chat-show-older', 'chat-copy-text'],
  ...['chat-announce-many', 'problem-chat_closed', 'problem-cid_reused', 'problem-not_allowed', 'problem-empty_text'],
  // Of dialogues.
  ...['common-close', 'common-cancel'],
  // The fields take no more.
  'problem-too_long',
];
const neededAtOnce = new Set(['widget-end-short']);

/** What visitors never read, though its prefix is everybody's: every byte of their panel counts. */
const notForVisitors = new Set([
  'common-product',
  'common-dismiss',
  'common-today',
  'common-yesterday',
  'common-over-target',
  'chat-agents-only',
  'chat-note-by',
  'chat-note-prompt',
  'chat-add-note',
  'chat-who-reads',
  'chat-entry-accepted',
  'chat-entry-returned-agent',
  'problem-it_is_you',
  'problem-already_in',
  'problem-already_invited',
  'problem-person_unavailable',
  'problem-person_not_allowed',
  'problem-role_too_high',
  'problem-not_invited',
  'problem-nothing_changes',
  'problem-ticket_closed',
  'problem-other_customer',
  'problem-in_ticket_already',
  'problem-files_too_many',
  'problem-lock_first',
  'problem-changed_meanwhile',
  'problem-mail_off',
  'problem-already_taken',
  'problem-desk_unreachable',
  'problem-desk_sign_in',
  'problem-desk_no_right',
  'problem-desk_refused',
  'problem-desk_unfit',
  'problem-desk_unclear',
  'problem-desk_incomplete',
  'problem-tickets_elsewhere',
  'problem-not_accepted',
  'problem-you_are_unavailable',
  'problem-would_leave_alone',
  'problem-wrong_login',
  'problem-second_factor_needed',
  'problem-wrong_code',
  'problem-second_factor_owed',
  'problem-second_factor_required',
  'problem-second_factor_unreadable',
  'problem-link_gone',
  'problem-unfit_picture',
  'problem-wrong_setup_code',
  'problem-unfit_password',
  'problem-taken',
  'problem-last_administrator',
  'problem-unfit_days',
  // What may be written at once is far below.
  'problem-too_large',
  // The frame is a page of the service.
  'problem-foreign_page',
]);

export type Surface = keyof typeof surfaces;

const index = 'virtual:catalogue';

/**
 * Serves `locales/*.ftl`, one file per language for all surfaces, as modules: `virtual:catalogue` is the table
 * of lazy loaders per surface served and language, `virtual:catalogue/<surface>/<language>` the messages of one. They
 * are compiled here, so that the browser needs neither Fluent's parser nor its resolver.
 */
export function catalogue(
  folder: string,
  served: readonly Surface[] = ['agent', 'customer', 'widget', 'later', 'mail', 'admin', 'preview', 'account'],
): Plugin {
  return {
    name: 'catalogue',
    resolveId: (id) => (id === index || id.startsWith(`${index}/`) ? `\0${id}` : null),
    load(id) {
      if (id === `\0${index}`) return indexModule(served, languagesIn(folder));
      if (!id.startsWith(`\0${index}/`)) return null;
      const [surface, language] = id.slice(index.length + 2).split('/') as [Surface, string];
      const file = join(folder, `${language}.ftl`);
      this.addWatchFile(file);
      return `export default ${JSON.stringify(messagesFor(surface, readFileSync(file, 'utf8')))}`;
    },
  };
}

export function languagesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ftl'))
    .map((name) => name.slice(0, -4))
    .sort();
}

function messagesFor(surface: Surface, text: string): Messages {
  const wanted: readonly string[] = surfaces[surface];
  // A term (`-name`) may be used by any message.
  return compile(text, (id) => {
    if (surface === 'widget' && notForVisitors.has(id)) return false;
    if (surface === 'widget' || surface === 'later') {
      const later = !neededAtOnce.has(id) && visitorsLater.some((beginning) => id.startsWith(beginning));
      if (later !== (surface === 'later')) return false;
    }
    return id.startsWith('-') || wanted.includes(id.slice(0, id.indexOf('-')));
  });
}

type Parsed = NonNullable<FluentResource['body'][number]['value']>;
type Expression = Exclude<Exclude<Parsed, string>[number], string>;

/** The messages of a catalogue as `core/fluent.ts` reads them. Refuses what it cannot say. */
export function compile(text: string, wanted: (id: string) => boolean = () => true): Messages {
  const messages = new FluentResource(text).body.filter(({ id, value }) => wanted(id) && value !== null);
  return Object.fromEntries(messages.map(({ id, value }) => [id, pattern(value!)]));
}

function pattern(parsed: Parsed): Pattern {
  return typeof parsed === 'string' ? parsed : parsed.map((it) => (typeof it === 'string' ? it : piece(it)));
}

function piece(it: Expression): Piece {
  if (it.type === 'str') return it.value;
  if (it.type === 'var') return { var: it.name };
  if (it.type === 'mesg' && it.attr === null) return { see: it.name };
  if (it.type === 'term' && it.attr === null && it.args.length === 0) return { see: `-${it.name}` };
  if (it.type === 'select' && it.selector.type === 'var') {
    const variants = it.variants.map(({ key, value }) => [String(key.value), pattern(value)] as const);
    return { by: it.selector.name, of: Object.fromEntries(variants), else: variants[it.star]![0] };
  }
  throw new Error(`The catalogues do without ${it.type} here: ${JSON.stringify(it)}`);
}

function indexModule(served: readonly Surface[], languages: string[]): string {
  const table = served.map((surface) => {
    const loaders = languages.map((language) => `'${language}': () => import('${index}/${surface}/${language}')`);
    return `'${surface}': { ${loaders.join(', ')} }`;
  });
  return `export const catalogues = { ${table.join(',\n')} };`;
}

import { expect, it } from 'vitest';
import type { EntryWhat, MemberView } from '../api/types.ts';
import { loadCatalogue } from '../core/i18n.ts';
import { external } from '../ui/entries.ts';
import { agents } from './entries.ts';
import { freight, tobias } from './fixtures.ts';
import { foreignDesk } from './foreign-desk.ts';

const maren: MemberView = {
  ...{ n: 2, kind: 'agent', role: 'participant', name: 'Maren' },
  ...{ present: true, joined: true, online: true },
};
const whats: EntryWhat[] = [
  { kind: 'invited', whom: 'Tobias', role: 'participant', note: 'You know the gate.' },
  { kind: 'invited', whom: 'Tobias', role: 'observer' },
  { kind: 'invitation_declined' },
  { kind: 'joined', role: 'participant' },
  { kind: 'joined', role: 'observer' },
  { kind: 'left', role: 'observer' },
  { kind: 'left', role: 'owner' },
  { kind: 'role_changed', to: 'observer' },
  { kind: 'role_changed', to: 'participant' },
  { kind: 'role_changed', to: 'owner' },
  { kind: 'moved', channel: freight },
  { kind: 'closed', reason: 'declined' },
  { kind: 'closed', reason: 'withdrawn' },
];

it('Agents read who did what in which role', async () => {
  await loadCatalogue('agent', 'en');
  expect(whats.map((what) => agents.sentence(what, maren, false, [maren]))).toEqual([
    'Maren invited Tobias as participant: “You know the gate.”',
    'Maren invited Tobias as observer',
    'Maren declined the invitation',
    'Maren joined',
    'Maren joined as observer',
    'Maren stopped observing',
    'Maren left',
    'Maren switched to observer',
    'Maren switched to participant',
    'Maren is the owner now',
    'Maren moved the chat to Freight',
    'Maren declined',
    'Maren withdrew the request',
  ]);
});

it('A personal request that nobody answered has expired, and does not blame anybody', () => {
  const expired = { kind: 'closed', reason: 'expired' } as const;
  expect(agents.sentence(expired, undefined, false, tobias.members)).toBe(
    'Nobody answered in time: the request has expired',
  );
});

it('Externals read that somebody came, left, and where the chat goes on', async () => {
  await loadCatalogue('widget', 'en');
  const read = (what: EntryWhat) => external.sentence(what, maren, false, [maren]);
  expect(read({ kind: 'joined', role: 'participant' })).toBe('Maren joined');
  expect(read({ kind: 'left', role: 'participant' })).toBe('Maren left');
  expect(read({ kind: 'moved', channel: freight })).toBe('The chat goes on in Freight');
});

it('What went into a connected ticket system leads there, if that is the system still connected', async () => {
  await loadCatalogue('agent', 'en');
  const what: EntryWhat = { kind: 'attached', ticket: 't', number: '24001', there: { kind: 'zammad', id: '7' } };
  const event = () => agents.event!(what, maren, false, [maren]);
  const sentence = 'Maren put this chat into ticket 24001';
  expect(event()).toBe(sentence);
  foreignDesk.value = { kind: 'zammad', ticket_link: 'https://desk.example.org/#ticket/zoom/{id}' };
  expect(event()).toMatchObject({
    type: 'a',
    props: { href: 'https://desk.example.org/#ticket/zoom/7', target: '_blank', children: sentence },
  });
  foreignDesk.value = { kind: 'znuny', ticket_link: 'https://desk.example.org/?TicketID={id}' };
  expect(event()).toBe(sentence);
  foreignDesk.value = undefined;
});

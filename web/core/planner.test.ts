import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ChatView, EntryView, MemberView, Notify, Role } from '../api/types.ts';
import { type Matter, type Memory, newsIn, plan, REMEMBERED, RING_EVERY_MS, type Scene } from './planner.ts';

const elin: Matter = { is: 'generic', chat: 'elin', at: 10, title: 'Elin Sandvik is waiting', body: 'Hello?' };
const priya: Matter = { is: 'message', chat: 'priya', at: 4, title: 'Priya Raman', body: 'Is there a ramp?' };
const nobody: Memory = { told: undefined, known: undefined };
const elsewhere: Scene = {
  ...{ matters: [], leads: true, here: false, focused: false, seen: new Set<string>(), shown: [] },
  ...{ sound: true, now_ms: 1_000_000 },
};
/** Inés has been here for a while, and nothing waited. */
const before = plan(elsewhere, nobody).memory;

it('Who has just come is told of nothing that is there already, unless he looks elsewhere', () => {
  const scene = { ...elsewhere, matters: [elin, priya] };
  const { show, inPage, ring, memory } = plan({ ...scene, focused: true, here: true }, nobody);
  expect([show, inPage, ring]).toEqual([[], [], false]);
  expect(plan(scene, memory).show).toEqual([]);
  expect(plan(scene, nobody)).toMatchObject({ show: [elin, priya], ring: true });
});

it('What is new is shown and rung for once, by the tab that leads', () => {
  const scene = { ...elsewhere, matters: [elin, priya] };
  expect(plan({ ...scene, leads: false }, before)).toMatchObject({
    show: [],
    ring: false,
    memory: { told: before.told },
  });
  const first = plan(scene, before);
  expect(first).toMatchObject({ show: [elin, priya], ring: true });
  expect(plan({ ...scene, now_ms: 2_000_000 }, first.memory)).toMatchObject({ show: [], ring: false });
});

it('After a reload the memory of the browser goes on', () => {
  const { told } = plan({ ...elsewhere, matters: [elin] }, before).memory;
  const { show } = plan({ ...elsewhere, matters: [elin, priya] }, { told, known: undefined });
  expect(show).toEqual([priya]);
});

it('A request that waits anew and a newer message are told of again', () => {
  const { memory } = plan({ ...elsewhere, matters: [elin, priya] }, before);
  const again = [
    { ...elin, at: 30 },
    { ...priya, at: 5 },
  ];
  expect(plan({ ...elsewhere, matters: again }, memory).show).toEqual(again);
});

it('Who works in some tab hears the bell and sees no notification; on the page it is said where it is not on screen', () => {
  const scene = { ...elsewhere, focused: true, matters: [elin, priya] };
  expect(plan({ ...scene, here: true }, before)).toMatchObject({ show: [], inPage: [elin], ring: true });
  expect(plan({ ...scene, here: true, seen: new Set(['elin']) }, before)).toMatchObject({ inPage: [], ring: true });
  expect(plan(scene, before).inPage).toEqual([]);
});

it('Of a chat that is before his eyes nobody is told anything, then or later', () => {
  const scene = { ...elsewhere, focused: true, seen: new Set(['priya']), matters: [priya] };
  const { show, inPage, ring, memory } = plan({ ...scene, here: true }, before);
  expect([show, inPage, ring]).toEqual([[], [], false]);
  expect(plan({ ...elsewhere, matters: [priya] }, memory)).toMatchObject({ show: [], ring: false });
});

it('A notification goes when the request is taken or the chat is read', () => {
  expect(plan({ ...elsewhere, matters: [priya], shown: ['elin', 'priya'] }, before).close).toEqual(['elin']);
});

it('The bell rings once in two seconds, and not for who does not want it', () => {
  const { memory } = plan({ ...elsewhere, matters: [elin] }, before);
  const next = { ...elsewhere, matters: [elin, priya] };
  expect(plan({ ...next, now_ms: elsewhere.now_ms + RING_EVERY_MS - 1 }, memory)).toMatchObject({
    show: [priya],
    ring: false,
  });
  expect(plan({ ...next, now_ms: elsewhere.now_ms + RING_EVERY_MS }, memory).ring).toBe(true);
  expect(plan({ ...next, sound: false }, before).ring).toBe(false);
});

const [customer, me, colleague] = [1, 2, 3];

function newest(notify: Notify | undefined, role: Role, ...said: [who: number, kind: 'message' | 'note'][]) {
  const member = (n: number, more: Partial<MemberView>) => ({ n, name: `${n}`, present: true, joined: true, ...more });
  const members = [
    member(customer, { kind: 'customer_user', role: 'external' }),
    member(me, { kind: 'agent', role }),
    member(colleague, { kind: 'agent', role: 'owner' }),
  ];
  const view = { members, me, notify } as unknown as ChatView;
  const entries = said.map(
    ([who, kind], i): EntryView => ({ seq: i + 1, at: i, who, what: { kind, text: `${i + 1}` } }),
  );
  return (unread: number) => newsIn(view, entries, unread)?.seq;
}

it('His setting for the chat decides what a person is told of, and his own words are no news', () => {
  const said = [
    [customer, 'message'],
    [colleague, 'note'],
    [me, 'message'],
  ] as [number, 'message' | 'note'][];
  expect(newest('all', 'owner', ...said)(2)).toBe(2);
  expect(newest(undefined, 'owner', ...said)(2)).toBe(2);
  expect(newest('customer', 'owner', ...said)(2)).toBe(1);
  expect(newest('off', 'owner', ...said)(2)).toBeUndefined();
  expect(newest('all', 'observer', ...said)(2)).toBeUndefined();
});

it('What is read is no news, also where something else is unread', () => {
  const said = newest('customer', 'owner', [customer, 'message'], [colleague, 'note']);
  expect(said(1)).toBeUndefined();
  expect(said(0)).toBeUndefined();
});

/** What may happen to one browser with three tabs. */
const chats = ['elin', 'priya', 'jonas', 'mei'];
const chat = fc.constantFrom(...chats);
const tab = fc.nat(2);
const happening = fc.oneof(
  fc.record({ what: fc.constant('waits' as const), chat, is: fc.constantFrom('generic', 'personal', 'invitation') }),
  fc.record({ what: fc.constant('taken' as const), chat }),
  fc.record({ what: fc.constant('writes' as const), chat }),
  fc.record({ what: fc.constant('read' as const), chat }),
  fc.record({ what: fc.constant('looks' as const), tab: fc.option(tab), at: chat }),
  fc.record({ what: fc.constant('leads' as const), tab }),
  fc.record({ what: fc.constant('reloads' as const), tab }),
  fc.record({ what: fc.constant('passes' as const), ms: fc.nat(3_000) }),
);

it('Whatever happens: told once over all tabs and reloads, never of what is seen, and nothing stale stays', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 60 }), (story) => {
      let matters: Matter[] = [];
      let at = 0;
      let now_ms = 1_000_000;
      let rang_ms = 0;
      let leader = 0;
      let looks: { tab: number | null; at: string } = { tab: null, at: 'elin' };
      let { told } = before;
      const known: Memory['known'][] = [before.known, before.known, before.known];
      const shown = new Set<string>();
      const everShown = new Set<string>();
      const without = (gone: string, kind: (is: string) => boolean) =>
        matters.filter(({ is, chat }) => chat !== gone || !kind(is));
      for (const it of story) {
        const isMessage = (is: string) => is === 'message';
        at++;
        if (it.what === 'waits')
          matters = [
            ...without(it.chat, (is) => is === it.is),
            { is: it.is as Matter['is'], chat: it.chat, at, title: '', body: '' },
          ];
        else if (it.what === 'taken') matters = without(it.chat, (is) => !isMessage(is));
        else if (it.what === 'writes')
          matters = [...without(it.chat, isMessage), { is: 'message', chat: it.chat, at, title: '', body: '' }];
        else if (it.what === 'read') matters = without(it.chat, isMessage);
        else if (it.what === 'looks') looks = it;
        else if (it.what === 'leads') leader = it.tab;
        else if (it.what === 'reloads') known[it.tab] = undefined;
        else now_ms += it.ms;

        const focused = looks.tab !== null;
        const seen = new Set(focused ? [looks.at] : []);
        for (const one of [0, 1, 2]) {
          const scene = { matters, leads: one === leader, here: one === looks.tab, focused, seen, sound: true, now_ms };
          const todo = plan({ ...scene, shown: [...shown] }, { told, known: known[one] });
          ({ told } = todo.memory);
          known[one] = todo.memory.known;
          if (one !== leader) expect([todo.show, todo.close, todo.ring]).toEqual([[], [], false]);
          if (focused) expect(todo.show).toEqual([]);
          for (const gone of todo.close) shown.delete(gone);
          for (const { is, chat, at } of todo.show) {
            expect(everShown).not.toContain(`${is} ${chat} ${at}`);
            everShown.add(`${is} ${chat} ${at}`);
            shown.add(chat);
          }
          if (todo.ring) {
            expect(now_ms - rang_ms).toBeGreaterThanOrEqual(RING_EVERY_MS);
            rang_ms = now_ms;
          }
          for (const { is, chat } of todo.inPage) expect([isMessage(is), seen.has(chat)]).toEqual([false, false]);
        }
        for (const left of shown) expect(matters.map(({ chat }) => chat)).toContain(left);
        // Nothing that waits is left untold.
        for (const { is, chat, at } of matters) expect(told?.matters[`${is} ${chat}`]).toBeGreaterThanOrEqual(at);
      }
    }),
  );
});

it('The memory is bounded, and what still waits is never forgotten', () => {
  let memory = before;
  for (let i = 0; i < 3 * REMEMBERED; i++)
    memory = plan({ ...elsewhere, matters: [elin, { ...priya, chat: `${i}` }] }, memory).memory;
  expect(Object.keys(memory.told!.matters).length).toBeLessThanOrEqual(REMEMBERED + 2);
  expect(plan({ ...elsewhere, matters: [elin] }, memory).show).toEqual([]);
});

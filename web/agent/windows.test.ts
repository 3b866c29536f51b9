import { expect, it } from 'vitest';
import { memoryShelf } from '../core/shelf.ts';
import { Windows } from './windows.ts';

const open = (windows: Windows) => windows.list.value.filter(({ open }) => open).map(({ chat }) => chat);

it('A window too many minimises the one that was opened longest ago', () => {
  const windows = new Windows(memoryShelf(), 'ines');
  windows.fit(2);
  for (const chat of ['jonas', 'elin', 'priya']) windows.show(chat);
  expect(open(windows)).toEqual(['elin', 'priya']);
  windows.show('jonas');
  expect(open(windows)).toEqual(['priya', 'jonas']);
  windows.fit(1);
  expect(open(windows)).toEqual(['jonas']);
});

it('A running chat that this tab does not know appears minimised; those it knows stay as they are', () => {
  const windows = new Windows(memoryShelf(), 'ines');
  windows.show('elin');
  windows.know(['elin', 'jonas']);
  expect(windows.list.value).toEqual([
    { chat: 'jonas', open: false },
    { chat: 'elin', open: true },
  ]);
});

it('Windows are there again after a reload', () => {
  const shelf = memoryShelf();
  new Windows(shelf, 'ines').show('elin');
  expect(open(new Windows(shelf, 'ines'))).toEqual(['elin']);
});

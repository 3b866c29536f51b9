import { useEffect, useMemo } from 'preact/hooks';
import type { PersonRow } from '../api/types.ts';
import type { Desk } from '../core/desk.ts';
import { PeopleStore } from '../core/people.ts';
import { portrait } from '../core/portraits.ts';
import { People } from './People.tsx';

interface PeopleWidgetProps {
  desk: Desk;
  onChat?: ((person: PersonRow) => void) | undefined;
}

/** The People widget, kept up while it is there. */
export function PeopleWidget({ desk, onChat }: PeopleWidgetProps) {
  const store = useMemo(() => new PeopleStore({ live: desk.live, api: desk.api }), [desk]);
  useEffect(() => () => store.close(), [store]);
  return (
    <People
      tab={store.tab.value}
      q={store.q.value}
      limit={store.limit.value}
      page={store.page.value}
      people={store.people.value}
      fresh={store.fresh.value}
      onTab={(tab) => store.show(tab)}
      onSearch={(q) => store.search(q)}
      onLimit={(limit) => store.resize(limit)}
      onNext={() => store.next()}
      onPrevious={() => store.previous()}
      onChat={onChat}
      pictureOf={({ id, picture }) => (picture ? portrait(desk.api, id, picture).value : undefined)}
    />
  );
}

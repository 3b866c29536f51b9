import { useEffect, useState } from 'preact/hooks';
import type { ChatSummary, CustomerUserView } from '../api/types.ts';
import { Refusal } from '../core/server.ts';
import { say } from '../ui/Toasts.tsx';
import { AdminPages } from './AdminPages.tsx';
import { Customer } from './Customer.tsx';
import { keepLooking } from './look-again.ts';
import type { Over } from './OverPage.tsx';
import { problemOf, type Work } from './work.ts';

interface Older {
  chats: readonly ChatSummary[];
  next: string | undefined;
  asked: boolean;
}

interface CustomerPageProps {
  work: Work;
  customer: string;
  onOver: (over: Over) => void;
}

/** A customer user's detail view, kept up while it is there. */
export function CustomerPage({ work, customer, onOver }: CustomerPageProps) {
  const { desk, windows } = work;
  const [seen, setSeen] = useState<CustomerUserView>();
  /** Pages behind the first, as they were when they were asked for. */
  const [older, setOlder] = useState<Older>({ chats: [], next: undefined, asked: false });
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [doors, setDoors] = useState(false);
  useEffect(() => {
    const look = () =>
      desk.api.call('GET /api/customers/{customer}', { customer, query: {} }).then(
        (seen) => ({ seen }),
        (error: unknown) => ({ error }),
      );
    return keepLooking(desk, look, (answer) => {
      if ('seen' in answer) setSeen(answer.seen);
      // What is shown stays while the server cannot answer.
      else if (answer.error instanceof Refusal && answer.error.problem.code === 'not_found') setSeen(undefined);
      setProblem('error' in answer ? problemOf(answer.error) : undefined);
    });
  }, []);

  const next = older.asked ? older.next : seen?.next;
  async function more() {
    setBusy(true);
    try {
      const page = await desk.api.call('GET /api/customers/{customer}', { customer, query: { after: next } });
      // What the first page lost to newer chats meanwhile stays in the list.
      const first = older.asked ? [] : (seen?.chats ?? []);
      setOlder({ chats: [...first, ...older.chats, ...page.chats], next: page.next, asked: true });
    } catch (error) {
      say(problemOf(error), 'danger');
    }
    setBusy(false);
  }

  function show(chat: string) {
    const request = desk.requests.peek().find((it) => it.chat === chat);
    if (request) onOver({ is: 'preview', request });
    else windows.show(chat);
  }

  // One's own chats are known as of now.
  const mine = new Map(desk.chats.value.map((chat) => [chat.id, chat]));
  const newest = new Set(seen?.chats.map(({ id }) => id));
  const chats = [...(seen?.chats ?? []), ...older.chats.filter(({ id }) => !newest.has(id))];
  const customerNow = seen && { ...seen, chats: chats.map((chat) => mine.get(chat.id) ?? chat) };
  return (
    <>
      <Customer
        customer={customerNow}
        problem={seen ? undefined : problem}
        onChat={() => seen && onOver({ is: 'request-chat', person: { ...seen, kind: 'customer_user' } })}
        onShow={show}
        onMore={next === undefined ? undefined : () => void more()}
        busy={busy}
        onDoors={desk.me.value.administers ? () => setDoors(true) : undefined}
      />
      {doors && seen && (
        <AdminPages>
          {({ DoorsDialog }) => (
            <DoorsDialog
              api={desk.api}
              person={{ id: seen.id, name: seen.name, email: seen.email }}
              onClose={() => setDoors(false)}
            />
          )}
        </AdminPages>
      )}
    </>
  );
}

import { useEffect, useState } from 'preact/hooks';
import type { CustomerUserView } from '../api/types.ts';
import { Refusal } from '../core/server.ts';
import { Customer } from './Customer.tsx';
import { keepLooking } from './look-again.ts';
import type { Over } from './OverPage.tsx';
import { problemOf, type Work } from './work.ts';

interface CustomerPageProps {
  work: Work;
  customer: string;
  onOver: (over: Over) => void;
}

/** A customer user's detail view, kept up while it is there. */
export function CustomerPage({ work, customer, onOver }: CustomerPageProps) {
  const { desk, windows } = work;
  const [seen, setSeen] = useState<CustomerUserView>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    const look = () =>
      desk.api.call('GET /api/customers/{customer}', { customer }).then(
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

  function show(chat: string) {
    const request = desk.requests.peek().find((it) => it.chat === chat);
    if (request) onOver({ is: 'preview', request });
    else windows.show(chat);
  }

  // One's own chats are known as of now.
  const mine = new Map(desk.chats.value.map((chat) => [chat.id, chat]));
  const customerNow = seen && { ...seen, chats: seen.chats.map((chat) => mine.get(chat.id) ?? chat) };
  return (
    <Customer
      customer={customerNow}
      problem={seen ? undefined : problem}
      onChat={() => seen && onOver({ is: 'request-chat', person: { ...seen, kind: 'customer_user' } })}
      onShow={show}
    />
  );
}

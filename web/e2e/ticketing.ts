/** What stories about tickets begin with. */
import type { Agent, Talk } from './agent.ts';
import type { Customer } from './customer.ts';
import { expect } from './story.ts';

export const QUESTION = 'Our second trailer is missing from booking 88-2041.';
export const ANSWER = 'It is on the next ferry.';
export const NOTE = 'They are regulars: be quick.';

/** A customer user asks, and Ines answers and writes a note. */
export async function theyTalk(ines: Agent, customer: Customer, question = QUESTION): Promise<Talk> {
  await customer.corner.click();
  await customer.channel('Travel desk').check();
  await customer.asking.message.fill(question);
  await customer.asking.start.click();
  const talk = await ines.take(customer.name);
  await talk.note(NOTE);
  await talk.say(ANSWER);
  await expect(customer.window.getByText(ANSWER)).toBeVisible();
  return talk;
}

/** Makes a phone ticket for a customer user, found by her company, and stays there. */
export async function phoneTicket(
  ines: Agent,
  customer: Customer,
  title: string,
  queue?: string,
  company = 'wiebe',
): Promise<void> {
  const main = ines.page.getByRole('main');
  await ines.goTo('agent-tickets');
  await main.getByRole('button', { name: 'Phone ticket' }).click();
  await main.getByRole('searchbox', { name: 'Name, address or company' }).fill(company);
  await main.getByRole('radio', { name: customer.name }).check();
  await main.getByLabel('Title').fill(title);
  await main.getByLabel('What it is about').fill('They count them.');
  if (queue) await main.getByRole('combobox', { name: 'Queue' }).selectOption(queue);
  await main.getByRole('button', { name: 'Create ticket' }).click();
  await expect(main.getByRole('heading', { name: title, level: 1 })).toBeVisible();
}

/** What stories about tickets begin with. */
import type { Agent } from './agent.ts';
import type { Customer } from './customer.ts';
import { expect } from './story.ts';

export const QUESTION = 'Our second trailer is missing from booking 88-2041.';
export const ANSWER = 'It is on the next ferry.';
export const NOTE = 'They are regulars: be quick.';

/** Hanne asks, and Ines answers and writes a note. */
export async function theyTalk(ines: Agent, hanne: Customer): Promise<void> {
  await hanne.corner.click();
  await hanne.channel('Travel desk').check();
  await hanne.asking.message.fill(QUESTION);
  await hanne.asking.start.click();
  const talk = await ines.take(hanne.name);
  await talk.note(NOTE);
  await talk.say(ANSWER);
  await expect(hanne.window.getByText(ANSWER)).toBeVisible();
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

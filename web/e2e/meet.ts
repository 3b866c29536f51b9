import type { Agent, Talk } from './agent.ts';
import type { Person } from './person.ts';
import { expect } from './story.ts';
import type { Visitor } from './visitor.ts';

const QUESTION = 'Is the 16:40 sailing still running with this wind?';
const ANSWER = 'Hello Priya. Yes, it sails, about 20 minutes late.';

/**
 * The main path in short, in whatever language and window they have: she asks, is accepted, they talk, it is closed. `see` is
 * called at each view of the way.
 */
export async function theyMeet(
  agent: Agent,
  priya: Visitor,
  see: (view: string, person: Person) => Promise<void> = async () => {},
): Promise<void> {
  const panel = await priya.open();
  await panel.begin(priya.name, QUESTION);
  await expect(panel.composer).toBeVisible();
  await see('widget-waiting', priya);
  await agent.chats.click();
  await expect(agent.requests).toBeVisible();
  await see('agent-request-list', agent);
  await agent.accept(priya.name).click();
  const talk = agent.talk(priya.name);
  await expect(talk.window).toBeVisible();
  await theyTalk(talk, priya);
  await see('widget-chat', priya);
  await see('agent-chat', agent);
  await talk.close();
  await expect(priya.frame!.getByText(priya.t('widget-closed', { reason: 'by_agent' }))).toBeVisible();
  await expect(panel.newConversation).toBeVisible();
  await see('widget-closed', priya);
  await talk.putAway();
}

export async function theyTalk(talk: Talk, priya: Visitor): Promise<void> {
  await talk.say(ANSWER);
  await expect(priya.panel.log.getByText(ANSWER)).toHaveCount(1);
  await priya.panel.say('Thank you!');
  await expect(talk.log.getByText('Thank you!')).toHaveCount(1);
}

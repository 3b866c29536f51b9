import { DrivenVisitor } from './driven.ts';
import { ENGINES, type Engine, missing, type Running } from './engines.ts';
import { keepPicture } from './look.ts';
import { expectHeard, screened, test as story } from './story.ts';
import { wordsOf } from './words.ts';

const QUESTION = 'Is there a ramp?';
const ANSWER = 'There is one at gate 4.';

const test = story.extend<{ engine: Engine; priya: DrivenVisitor }>({
  engine: [ENGINES[0]!, { option: true }],
  priya: async ({ engine }, use, info) => {
    const { browser, quit } = await started(engine);
    console.log(`visitor in ${engine.name} ${browser.version}`);
    const priya = new DrivenVisitor(browser, 'Priya Raman', wordsOf('en'));
    try {
      await use(priya);
      if (info.status !== info.expectedStatus) {
        await browser.enter(null);
        await info.attach(engine.name, { body: await browser.screenshot(), contentType: 'image/png' });
      }
    } finally {
      await quit();
    }
  },
});

/** Drivers wait for ever now and then for the browser that they start: what is to be shown begins after that. */
async function started(engine: Engine): Promise<Running> {
  for (let left = 2; left > 0; left--) {
    try {
      return await engine.start();
    } catch (error) {
      console.log(`${engine.name} did not start, and is started once more: ${error}`);
    }
  }
  return engine.start();
}

for (const engine of ENGINES) {
  test.describe(engine.name, () => {
    const lacks = missing(engine).join(', ');
    test.use({ engine });
    test.describe.configure({ timeout: 180_000 });
    test.skip(
      lacks !== '' && process.env.CI === undefined,
      `${engine.name}: there is no ${lacks} here (see .ci/tools)`,
    );

    test('Priya asks, reloads, goes on over a kill of the server, and nothing is lost', async ({
      desk,
      cast,
      priya,
    }) => {
      const see = async (view: string, as: string) => keepPicture(await priya.picture(), view, `${as}.${engine.name}`);
      const ines = await cast.agent('ines');
      await ines.signIn();
      await priya.visit(desk.site);
      await priya.open();
      await priya.begin(QUESTION);
      const talk = await ines.take(priya.name);
      await talk.say(ANSWER);
      await priya.hears([QUESTION, ANSWER]);
      await priya.say('Thank you!');
      const said = [QUESTION, ANSWER, 'Thank you!'];
      await expectHeard(talk.log, said);
      await see('widget-chat', 'light');

      await priya.reload();
      await priya.hears(said);

      screened(ines.context).expectTrouble();
      await desk.kill();
      await priya.say('Hello?');
      await priya.reads(priya.t('chat-sending'));
      await desk.restart();
      said.push('Hello?');
      await priya.hears(said);
      await expectHeard(talk.log, said);

      await talk.close();
      await priya.reads(priya.t('widget-closed', { reason: 'by_agent' }));
      await priya.visit(`${desk.site}/rtl`);
      await priya.lookAtPanel();
      await priya.hears(said);
      await see('widget-closed', 'rtl');
      await priya.press('widget-new');
      await desk.cli('verify');
    });
  });
}

import { Buffer } from 'node:buffer';
import { readFile, writeFile } from 'node:fs/promises';
import { crc32, deflateSync } from 'node:zlib';
import type { Locator, Page } from '@playwright/test';
import { checkByAxe, expectNoSidewaysScrolling, shoot } from './look.ts';
import { expect, screened, test } from './story.ts';

interface Sent {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** A picture of sea below sky. */
function picture(name: string, width: number, height: number): Sent {
  const row = (y: number) => {
    const colour = y < height * 0.6 ? [168, 205, 226] : [38, 96, 124];
    return Buffer.from([0, ...Array.from({ length: width }, () => colour).flat()]);
  };
  const chunk = (type: string, data: Buffer) => {
    const typed = Buffer.concat([Buffer.from(type), data]);
    const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    size.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(typed));
    return Buffer.concat([size, typed, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const rows = Buffer.concat(Array.from({ length: height }, (_, y) => row(y)));
  const chunks = [chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))];
  const buffer = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks]);
  return { name, mimeType: 'image/png', buffer };
}

const FERRY = picture('Fähre vor Sandvik.png', 640, 360);
const TIMETABLE: Sent = {
  name: 'Fahrplan Winter.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'),
};
const TICKET: Sent = { ...TIMETABLE, name: 'Ticket SK-2041.pdf', buffer: Buffer.from('%PDF-1.7\n% Priya\n%%EOF\n') };

/** What is saved when it is pressed, byte by byte. */
async function saved(page: Page, press: Locator): Promise<[string, Buffer]> {
  const [download] = await Promise.all([page.waitForEvent('download'), press.click()]);
  return [download.suggestedFilename(), await readFile(await download.path())];
}

const chooser = (place: Pick<Page, 'locator'>) => place.locator('input[type=file]');

test('Pictures and documents go both ways, byte by byte, and what fails stays until it is sent or taken back', async ({
  desk,
  cast,
}) => {
  const ines = await cast.agent('ines');
  const priya = await cast.visitor();
  const { t } = priya;
  await ines.signIn();
  await priya.visit(desk.site);
  const panel = await priya.open();
  await panel.begin(priya.name, 'Where does the ferry leave?');
  const talk = await ines.take(priya.name);
  await expect(panel.log).toContainText('Ines Vogt joined');

  await test.step('Ines sends a picture and a document; both have their place before their content is there', async () => {
    let show = () => {};
    const may = new Promise<void>((done) => (show = done));
    await priya.page.route('**/files/*', async (route) => {
      await may;
      await route.continue();
    });
    await chooser(talk.window).setInputFiles([FERRY, TIMETABLE]);
    const look = panel.log.getByRole('button', { name: t('chat-file-open', { name: FERRY.name }) });
    await expect(look).toBeVisible();
    const save = panel.log.getByRole('button', { name: /^Save Fahrplan Winter\.pdf \(\d+ bytes\)$/ });
    await expect(save).toBeVisible();
    /** Where the history is scrolled to is no matter. */
    const places = async () => {
      const [picture, below] = [await look.boundingBox(), await save.boundingBox()];
      return { width: picture!.width, height: picture!.height, below: Math.round(below!.y - picture!.y) };
    };
    const before = await places();
    show();
    await expect(look.locator('img')).toBeVisible();
    await expect.poll(() => look.locator('img').evaluate((it: HTMLImageElement) => it.naturalWidth)).toBe(640);
    expect(await places(), 'nothing moves').toEqual(before);
    expect(Math.abs(before.width / before.height - 640 / 360)).toBeLessThan(0.05);
  });

  await test.step('Priya opens the one large, and saves both', async () => {
    await panel.log.getByRole('button', { name: t('chat-file-open', { name: FERRY.name }) }).press('Enter');
    const dialog = priya.frame!.getByRole('dialog', { name: FERRY.name });
    await expect(dialog.getByRole('img', { name: FERRY.name })).toBeVisible();
    await shoot(priya.page, 'widget-picture', 'light');
    expect(await saved(priya.page, dialog.getByRole('button', { name: 'Save', exact: true }))).toEqual([
      FERRY.name,
      FERRY.buffer,
    ]);
    await priya.page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    const save = panel.log.getByRole('button', { name: /^Save Fahrplan/ });
    expect(await saved(priya.page, save)).toEqual([TIMETABLE.name, TIMETABLE.buffer]);
  });

  await test.step('Priya drops one on the conversation, and Ines saves it', async () => {
    const dropped = await priya.frame!.evaluateHandle(
      ([name, bytes]) => {
        const data = new DataTransfer();
        data.items.add(
          new File([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))], name, { type: 'application/pdf' }),
        );
        return data;
      },
      [TICKET.name, TICKET.buffer.toString('base64')] as const,
    );
    const place = priya.frame!.locator('.conversation');
    await place.dispatchEvent('dragenter', { dataTransfer: dropped });
    await expect(place).toHaveAttribute('data-drop', t('chat-file-drop'));
    await shoot(priya.page, 'widget-drop', 'light');
    await place.dispatchEvent('drop', { dataTransfer: dropped });
    await expect(place).not.toHaveAttribute('data-drop');
    const save = talk.log.getByRole('button', { name: /^Save Ticket SK-2041\.pdf/ });
    expect(await saved(ines.page, save)).toEqual([TICKET.name, TICKET.buffer]);
  });

  await test.step('Without a network it stays in its place, is tried again, and is there once', async () => {
    const bike = picture('My bike.png', 200, 300);
    await priya.loseNetwork();
    await chooser(priya.frame!).setInputFiles(bike);
    const again = panel.log.getByRole('button', { name: t('chat-file-again', { name: bike.name }) });
    await expect(again).toBeVisible();
    await expect(panel.log.getByRole('alert')).toContainText(t('problem-unreachable'));
    await shoot(priya.page, 'widget-file-failed', 'light');
    await priya.regainNetwork();
    await again.click();
    const look = talk.log.getByRole('button', { name: t('chat-file-open', { name: bike.name }) });
    await expect(look).toHaveCount(1, { timeout: 20_000 });
    await expect(panel.log.getByRole('alert')).toBeHidden();
    await expect(panel.log.getByRole('button', { name: t('chat-file-open', { name: bike.name }) })).toHaveCount(1);
  });

  await test.step('What is too large, and what is no picture whatever it is called, is refused in a sentence and taken back', async () => {
    screened(priya.context).expectRefusal(415);
    const page = { name: 'photo.png', mimeType: 'image/png', buffer: Buffer.from('<html><script>alert(1)</script>') };
    await chooser(priya.frame!).setInputFiles(page);
    await expect(panel.log.getByRole('alert')).toContainText('Files of this kind cannot be sent here.');
    await panel.log.getByRole('button', { name: t('chat-file-remove-it', { name: page.name }) }).click();
    await expect(panel.log.getByText(page.name)).toBeHidden();
    await expect(panel.composer).toBeFocused();
    const video = { name: 'crossing.mp4' };
    const path = test.info().outputPath(video.name);
    await writeFile(path, Buffer.alloc(20 * 1024 * 1024 + 1));
    await chooser(priya.frame!).setInputFiles(path);
    await expect(panel.log.getByRole('alert')).toContainText('This file is too large: 20 MB is the most.');
    await panel.log.getByRole('button', { name: t('chat-file-remove-it', { name: video.name }) }).click();
    await expect(panel.log.getByRole('alert')).toBeHidden();
  });

  await test.step('A file for agents never reaches Priya', async () => {
    await talk.audience('note');
    await chooser(talk.window).setInputFiles(picture('Passport.png', 64, 64));
    await expect(talk.log.getByRole('button', { name: t('chat-file-open', { name: 'Passport.png' }) })).toBeVisible();
    await talk.audience('message');
    await talk.say('Have a good trip!');
    await expect(panel.log).toContainText('Have a good trip!');
    await expect(panel.log.getByRole('button', { name: /Passport/ })).toHaveCount(0);
  });

  await test.step('After a reload it is all there, and axe finds nothing on it', async () => {
    await priya.page.reload();
    const again = priya.panel.log.getByRole('button', { name: t('chat-file-open', { name: FERRY.name }) });
    await again.scrollIntoViewIfNeeded();
    await expect(again.locator('img')).toBeVisible();
    for (const [view, page] of [
      ['widget-files', priya.page],
      ['agent-files', ines.page],
    ] as const) {
      await checkByAxe(page, view);
      await shoot(page, view, 'light');
      await page.emulateMedia({ colorScheme: 'dark' });
      await shoot(page, view, 'dark');
      await page.emulateMedia({ colorScheme: 'light' });
      await page.setViewportSize({ width: 320, height: 640 });
      await expectNoSidewaysScrolling(page, view);
      await shoot(page, view, '320');
      await page.setViewportSize({ width: 1440, height: 900 });
    }
  });
});

test('Hanne sends from the portal in German, and a page never leaves for a file dropped beside it', async ({
  desk,
  cast,
}) => {
  const ines = await cast.agent('ines');
  const hanne = await cast.customer('hanne', { language: 'de' });
  const { page, t } = hanne;
  await ines.signIn();
  await hanne.signIn();
  await hanne.corner.click();
  await hanne.asking.begin(undefined, 'Wo liegt der Anhänger?');
  const talk = await ines.take(hanne.name);
  await chooser(page).setInputFiles([FERRY, TICKET]);
  await expect(talk.log.getByRole('button', { name: `Look at ${FERRY.name}` })).toBeVisible();
  await expect(talk.log.getByRole('button', { name: /^Save Ticket/ })).toBeVisible();
  await expect(page.getByRole('button', { name: `${FERRY.name} ansehen` })).toBeVisible();
  await expect(
    page.getByRole('button', { name: new RegExp(`^${TICKET.name} speichern \\(\\d+ Byte\\)`) }),
  ).toBeVisible();
  await expect(page.getByRole('button', { name: t('chat-file-attach') })).toBeVisible();
  await shoot(page, 'portal-files', 'de');
  await checkByAxe(page, 'portal-files');
  const fell = await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File(['x'], 'x.txt', { type: 'text/plain' }));
    return !document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  });
  expect(fell, 'the browser does nothing with it').toBe(true);
  await ines.page.evaluate(() => (document.documentElement.dir = 'rtl'));
  await shoot(ines.page, 'agent-files', 'rtl');
  expect(await desk.cli('verify')).toContain('Nothing is wrong.');
});

/** Sixteen pixels wide, eight high, and held upright when it was taken, at 59.0 north and 5.7 east. */
const PHOTO: Sent = {
  name: 'IMG_2041.jpg',
  mimeType: 'image/jpeg',
  buffer: (() => {
    const jpeg =
      '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/' +
      '2wBDARweHigjKE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKT/wAARCAAIABADASIAAhEBAxEB/8QA' +
      'FQABAQAAAAAAAAAAAAAAAAAAAAT/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFAEBAAAAAAAAAAAAAAAAAAAABP/EABgRAAIDAAAAAAAAAAAAAAAAAAAFQoHB' +
      '/9oADAMBAAIRAxEAPwCBCBiqdaPZRvD/2Q==';
    const plain = Buffer.from(jpeg, 'base64');
    const gps =
      '00040001000200000002' +
      '4e000000000200050000000300' +
      '00005c00030002000000024500000000040005000000030000007400000000';
    const rationals =
      '0000003b0000000100000000000000010000000000000001' + '00000005000000010000002a000000010000000000000001';
    const head = '4d4d002a00000008000201120003000000010006000088250004000000010000002600000000';
    const tiff = Buffer.from(head + gps + rationals, 'hex');
    const exif = Buffer.concat([Buffer.from('Exif\0\0'), tiff]);
    const marker = Buffer.from([0xff, 0xe1, 0, exif.length + 2]);
    return Buffer.concat([plain.subarray(0, 2), marker, exif, plain.subarray(2)]);
  })(),
};

test('A photograph is shown upright, and tells nobody where it was taken', async ({ desk, cast }) => {
  const ines = await cast.agent('ines');
  const priya = await cast.visitor();
  await ines.signIn();
  await priya.visit(desk.site);
  const panel = await priya.open();
  await panel.begin(priya.name, 'This is where it stands.');
  const talk = await ines.take(priya.name);
  await chooser(talk.window).setInputFiles(PHOTO);
  const shown = panel.log.getByRole('button', { name: priya.t('chat-file-open', { name: PHOTO.name }) });
  await expect(shown.locator('img')).toBeVisible();
  const size = () => shown.locator('img').evaluate((it: HTMLImageElement) => [it.naturalWidth, it.naturalHeight]);
  await expect.poll(size).toEqual([8, 16]);
  await shown.press('Enter');
  const dialog = priya.frame!.getByRole('dialog', { name: PHOTO.name });
  const [, served] = await saved(priya.page, dialog.getByRole('button', { name: 'Save', exact: true }));
  expect(served.includes(Buffer.from('Exif'))).toBe(true);
  expect(served.includes(Buffer.from('8825', 'hex'))).toBe(false);
  expect(served.includes(Buffer.from('0000003b00000001', 'hex'))).toBe(false);
});

test('Where the disk is full both sides are told, and what they chose and typed stays until there is room', async ({
  desk,
  cast,
}) => {
  // More than any disk has is kept free for the database.
  await desk.configure('[files]\nreserve_mib = 4294967295\n', '');
  const ines = await cast.agent('ines');
  const priya = await cast.visitor();
  const { t } = priya;
  await ines.signIn();
  await priya.visit(desk.site);
  const panel = await priya.open();
  await panel.begin(priya.name, 'This is where it stands.');
  const talk = await ines.take(priya.name);
  await expect(panel.log).toContainText('Ines Vogt joined');
  const sides = [
    { own: panel, place: priya.frame!, file: FERRY, other: talk },
    { own: talk, place: talk.window, file: picture('Gate 4.png', 320, 200), other: panel },
  ];
  const again = (log: Locator, { name }: Sent) => log.getByRole('button', { name: t('chat-file-again', { name }) });
  const shown = (log: Locator, { name }: Sent) => log.getByRole('button', { name: t('chat-file-open', { name }) });
  const typed = 'You get there by the st';

  await test.step('Each reads why and what next, and nothing of it is lost or half there', async () => {
    for (const { context } of [priya, ines]) screened(context).expectRefusal(507);
    for (const { own, place, file, other } of sides) {
      await own.composer.fill(typed);
      await chooser(place).setInputFiles(file);
      await expect(own.log.getByRole('alert')).toContainText(t('problem-file_not_stored'));
      await expect(again(own.log, file)).toBeVisible();
      await expect(own.composer).toHaveValue(typed);
      await expect(shown(other.log, file)).toHaveCount(0);
    }
    await shoot(priya.page, 'widget-file-not-stored', 'light');
    await checkByAxe(ines.page, 'a file that was not stored');
  });

  await test.step('Words go on', async () => {
    await panel.say('Then in words: at gate 4.');
    await expect(talk.log).toContainText('Then in words: at gate 4.');
  });

  await test.step('The operator makes room, and what they try again is there once', async () => {
    for (const { context } of [priya, ines]) screened(context).expectTrouble();
    await desk.configure('[files]\nreserve_mib = 0\n', '');
    for (const { own, file, other } of sides) {
      await again(own.log, file).click();
      for (const { log } of [other, own]) await expect(shown(log, file)).toHaveCount(1);
      await expect(own.log.getByRole('alert')).toBeHidden();
    }
    await expect(talk.composer).toHaveValue(typed);
  });
  expect(await desk.cli('verify')).toContain('Nothing is wrong.');
});

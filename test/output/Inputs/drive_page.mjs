// Drives the page of findings as a person would: the mouse, keys and the printer.
//   node drive_page.mjs PLAYWRIGHT CHROMIUM PAGE FOLDER
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {pathToFileURL} from 'node:url';

const [playwright, executablePath, file, folder] = process.argv.slice(2);
const {chromium} = await import(pathToFileURL(playwright).href);
const browser = await chromium.launch({executablePath, args: ['--no-sandbox', '--disable-gpu']});
const page = await browser.newPage({viewport: {width: 1100, height: 800}});
const wrong = [];
page.on('pageerror', error => wrong.push(String(error)));
page.on('console', message => message.type() === 'error' && wrong.push(message.text()));
page.on('request', request => request.url().startsWith('file:') || wrong.push(request.url()));
await page.goto(pathToFileURL(file).href);

const shown = () => page.locator('details.found:visible').count();
const current = () => page.evaluate(
    () => [...document.querySelectorAll('details.found')].findIndex(f => f.matches('.current')));
const total = await shown();
assert.ok(total > 10, 'both apps have findings');
assert.match(await page.title(), new RegExp(`^ringfence: ${total} findings$`));
assert.ok((await page.locator('.line code').allTextContents()).some(t => t.includes('<b>&amp;</b>')),
          'source shows as it is');

// The path is drawn: stops are numbered, in order, and end in the finding.
const first = page.locator('details.found').first();
const numbers = await first.locator('.rail b').allTextContents();
assert.deepEqual(numbers, numbers.map((_, i) => String(i + 1)));
assert.ok(numbers.length > 1);
assert.equal(await first.locator('.say.finding').count(), 1);
assert.ok(await first.locator('.line.path').count() > 2, 'a rail joins the stops');

// Filters, one by one and together.
await page.selectOption('#by-check', 'ringfence-message-work');
const messages = await shown();
assert.ok(messages > 0 && messages < total);
assert.equal(await page.textContent('#count'), `${messages} of ${total} findings`);
await page.selectOption('#by-file', 'Pigeon/Pigeon/PNPushController.m');
assert.ok(await shown() < messages);
await page.keyboard.press('Escape');
assert.equal(await shown(), total);
await page.locator('body').press('/');
await page.keyboard.type('no such text anywhere j k');
assert.equal(await shown(), 0, 'letters are text in the field');
await page.keyboard.press('Escape');
assert.equal(await shown(), total);

// Keys.
await page.keyboard.press('j');
assert.equal(await current(), 0);
await page.keyboard.press('j');
assert.equal(await current(), 1);
await page.keyboard.press('k');
assert.equal(await current(), 0);
await page.keyboard.press('Enter');
assert.equal(await first.getAttribute('open'), null, 'Enter closes it');
await page.keyboard.press('o');
assert.notEqual(await first.getAttribute('open'), null, 'o opens it');
await page.keyboard.press('?');
assert.ok(await page.locator('#help').isVisible());
await page.keyboard.press('Escape');
assert.ok(!await page.locator('#help').isVisible());

// Light and dark differ, and text stays readable (WCAG AA) in both.
const contrast = scheme => page.emulateMedia({colorScheme: scheme}).then(() => page.evaluate(() => {
  const rgb = c => c.match(/[\d.]+/g).slice(0, 3).map(Number);
  const light = c => rgb(c).map(v => v / 255)
      .map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
      .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const back = getComputedStyle(document.body).backgroundColor;
  const of = e => {
    const [a, b] = [light(getComputedStyle(e).color), light(back)].sort((x, y) => y - x);
    return (a + .05) / (b + .05);
  };
  return {back, least: Math.min(...['body', '.where', '.message', '.error .severity',
      '.warning .severity', '.say .text', '.line .n'].map(s => of(document.querySelector(s))))};
}));
const [day, night] = [await contrast('light'), await contrast('dark')];
assert.notEqual(day.back, night.back);
assert.ok(day.least >= 4.5 && night.least >= 4.5, `contrast ${day.least} ${night.least}`);
await page.screenshot({path: path.join(folder, 'dark.png')});

// Print: filters stay, controls go, what was closed is printed.
await page.selectOption('#by-check', 'ringfence-unreported-path');
await page.evaluate(() => document.querySelector('details.found:not([hidden])').open = false);
await page.evaluate(() => addEventListener('afterprint', () => document.body.dataset.printed = 'yes'));
await page.evaluate(() => addEventListener('beforeprint', () => {
  document.body.dataset.open = [...document.querySelectorAll('details.found')].every(f => f.open);
}));
const pdf = await page.pdf();
assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
fs.writeFileSync(path.join(folder, 'page.pdf'), pdf);
assert.equal(await page.getAttribute('body', 'data-open'), 'true', 'all is open on paper');
assert.equal(await page.getAttribute('body', 'data-printed'), 'yes');
assert.equal(await page.locator('details.found:visible:not([open])').count(), 1, 'and closed again');
await page.emulateMedia({media: 'print'});
assert.ok(!await page.locator('#controls').isVisible());
assert.ok(await shown() < total);
// Nobody can scroll paper: an A4 page less its margins, in pixels.
await page.setViewportSize({width: 718, height: 1047});
const cutOff = await page.evaluate(() => [...document.querySelectorAll('body, pre, code, .line, .fix')]
  .filter(e => e.checkVisibility() && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline')
  .map(e => `${e.tagName}: ${e.textContent.trim().slice(0, 60)}`));
assert.deepEqual(cutOff, []);
await page.setViewportSize({width: 1100, height: 800});

// A link to a finding leads there.
await page.emulateMedia({media: 'screen'});
const id = await page.locator('details.found').nth(3).getAttribute('id');
const linked = await browser.newPage();
await linked.goto(pathToFileURL(file).href + '#' + id);
assert.equal(await linked.locator('details.current').getAttribute('id'), id);

// Without scripts all of it is there.
const plain = await (await browser.newContext({javaScriptEnabled: false})).newPage();
await plain.goto(pathToFileURL(file).href);
assert.equal(await plain.locator('details.found:visible .source:visible').count() >= total, true);

assert.deepEqual(wrong, []);
await browser.close();
console.log('all checks hold');

// Reads the plan's page as a person would: its pictures, fix sets, keys, paper.
//   node drive_plan.mjs PLAYWRIGHT CHROMIUM PAGE
import assert from 'node:assert/strict';
import {pathToFileURL} from 'node:url';

const [playwright, executablePath, file] = process.argv.slice(2);
const {chromium} = await import(pathToFileURL(playwright).href);
const browser = await chromium.launch({executablePath, args: ['--no-sandbox', '--disable-gpu']});
const page = await browser.newPage({viewport: {width: 1200, height: 900}});
const wrong = [];
page.on('pageerror', error => wrong.push(String(error)));
page.on('console', message => message.type() === 'error' && wrong.push(message.text()));
page.on('request', request => request.url().startsWith('file:') || wrong.push(request.url()));
await page.goto(pathToFileURL(file).href);

// A picture for each handler, each faulty way out marked in it, no two texts
// on one another, none cut off.
const pictures = page.locator('.paths svg');
assert.deepEqual(await Promise.all((await pictures.all()).map(p => p.locator('.unreported').count())), [7, 0, 11]);
for (const picture of await pictures.all()) {
  assert.ok(await picture.locator('.report').count() > 0);
  const box = await picture.evaluate(svg => {
    const rows = [...svg.querySelectorAll('text:not(.number)')].map(t => t.getBBox());
    return {
      cut: rows.filter(r => r.x + r.width > svg.viewBox.baseVal.width).length,
      overlaps: rows.filter((r, i) => i && r.y < rows[i - 1].y + rows[i - 1].height - 6).length,
    };
  });
  assert.deepEqual(box, {cut: 0, overlaps: 0});
}
assert.ok((await pictures.first().textContent()).includes('case "<b>&"'), 'source shows as it is');

// Every entry of the contents leads to its part.
for (const link of await page.locator('nav a').all())
  assert.equal(await page.locator(await link.getAttribute('href')).textContent(), await link.textContent());

// Before and after, side by side.
const sets = page.locator('details.set');
const count = await sets.count();
assert.ok(count >= 8);
assert.equal(await page.locator('.both:visible').count(), 0);
await page.keyboard.press('o');
assert.equal(await page.locator('details.set[open]').count(), count);
const row = page.locator('.both tr:has(td.out):has(td.in)').first();
const [before, after] = [await row.locator('.out').boundingBox(), await row.locator('.in').boundingBox()];
assert.ok(before.x + before.width < after.x, 'beside one another');
assert.ok(Math.abs(before.y - after.y) < 2);
assert.ok((await page.locator('.both .in').allTextContents()).some(t => t.includes('reportAndEndCall')));
assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'no sideways scrolling');
await page.keyboard.press('o');
assert.equal(await page.locator('details.set[open]').count(), 0);

// Keys.
await page.keyboard.press('j');
await page.keyboard.press('j');
assert.equal(await page.locator('h2.current').getAttribute('id'), 's-1');
await page.keyboard.press('k');
assert.equal(await page.locator('h2.current').getAttribute('id'), 's-0');
await page.keyboard.press('?');
assert.ok(await page.locator('dialog').isVisible());
await page.keyboard.press('Escape');
await page.reload();
await page.keyboard.press('Tab');
assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');

// By keyboard alone: what has the focus is seen, and everything that acts gets it.
const focused = () => page.evaluate(() => {
  const e = document.activeElement;
  return {name: e.tagName, outline: getComputedStyle(e).outlineStyle, width: parseFloat(getComputedStyle(e).outlineWidth)};
});
const reached = new Set();
for (let i = 0; i < 200; ++i) {
  const now = await focused();
  if (now.name === 'BODY')
    break;
  reached.add(now.name);
  assert.ok(now.outline !== 'none' && now.width >= 1, `${now.name} shows its focus`);
  await page.keyboard.press('Tab');
}
for (const name of ['A', 'BUTTON', 'DIV', 'SUMMARY', 'INPUT'])
  assert.ok(reached.has(name), `${name} is reached by Tab`);
await page.locator('details.set summary').first().focus();
await page.keyboard.press('Enter');
assert.equal(await page.locator('details.set[open]').count(), 1);
await page.keyboard.press('Enter');

// For those who hear it: the language, headings one below the other, and the
// picture's content in words.
assert.equal(await page.getAttribute('html', 'lang'), 'en');
const levels = await page.evaluate(() => [...document.querySelectorAll('h1, main h2, main h3, main h4')].map(h => Number(h.tagName[1])));
assert.equal(levels[0], 1);
levels.forEach((level, i) => assert.ok(!i || level > 1 && level <= levels[i - 1] + 1, `heading ${i}`));
assert.equal(await page.locator('th:not([scope]):not([colspan]):not(:has(code))').count(), 0);
const words = await page.locator('details.text pre').first().textContent();
assert.equal(words.split('\n').filter(l => /!! +returns without a report/.test(l)).length, 7);
assert.ok(await pictures.first().getAttribute('aria-label'));

// A telephone: nothing but pictures and code scrolls sideways, and the rows of a
// table are read one below the other.
await page.setViewportSize({width: 390, height: 800});
assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'no sideways scrolling on a telephone');
assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll('.cards')].filter(t => t.scrollWidth > t.parentElement.clientWidth).length), 0);
const cells = await page.locator('.cards tbody tr').first().locator('td').evaluateAll(all => all.map(td => {
  const box = td.getBoundingClientRect();
  return {y: box.y, width: box.width, label: getComputedStyle(td, '::before').content};
}));
cells.forEach((cell, i) => assert.ok(!i || cell.y > cells[i - 1].y, 'cells below one another'));
assert.deepEqual(cells.map(c => c.label), ['"line"', '"what"', '"goes to"', '"because"', '"moved by"']);
assert.ok(cells.every(c => c.width > 300));
await page.setViewportSize({width: 1200, height: 900});

// Light and dark differ, and faulty ways out can be read in both.
const colours = () => page.evaluate(() => [
  getComputedStyle(document.body).backgroundColor,
  getComputedStyle(document.querySelector('.unreported text:not(.number)')).fill,
]);
await page.emulateMedia({colorScheme: 'light'});
const light = await colours();
await page.emulateMedia({colorScheme: 'dark'});
const dark = await colours();
assert.notDeepEqual(light, dark);
const lightness = colour => {
  const [r, g, b] = colour.match(/\d+/g).map(v => (v / 255) ** 2.2);
  return .2126 * r + .7152 * g + .0722 * b;
};
for (const [back, text] of [light, dark]) {
  const [low, high] = [lightness(back), lightness(text)].sort((a, b) => a - b);
  assert.ok((high + .05) / (low + .05) > 4.5, `contrast of ${text} on ${back}`);
}

// Paper gets what is folded, and the screen is as before afterwards.
await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
assert.equal(await page.locator('details.set[open]').count(), count);
// Nor does anything run off its edge: an A4 page less its margins, in pixels.
await page.emulateMedia({media: 'print'});
await page.setViewportSize({width: 718, height: 1047});
const cutOff = await page.evaluate(() => [...document.querySelectorAll('body, pre, table, td, svg, h2, p, li')]
  .filter(e => e.checkVisibility() && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline')
  .map(e => `${e.tagName}: ${e.textContent.trim().slice(0, 60)}`));
assert.deepEqual(cutOff, []);
await page.emulateMedia({media: 'screen'});
await page.setViewportSize({width: 1200, height: 900});
await page.evaluate(() => dispatchEvent(new Event('afterprint')));
assert.equal(await page.locator('details.set[open]').count(), 0);

assert.deepEqual(wrong, [], 'nothing is asked of the network, no script fails');
await browser.close();
console.log('all checks hold');

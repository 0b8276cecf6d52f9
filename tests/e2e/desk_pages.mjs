// desk_pages.mjs URL [PREFIX]   checks the restricted pages and the explorer, as desk_sample serves them, in a browser: every page
// in every state, in both languages, at 320 px, at a desk, and on a projector; then what desk.js does.
// Prints every problem and exits 1 if there is one.
import {launch} from './browser.mjs';
import {checkAccessible, checkKeyboard, checkStructure, checkTargets, checkWidth, listen} from './checks.mjs';
import {checkBehaviour} from './desk_behaviour.mjs';

const base = process.argv[2];
const kWallPages = ['board', 'board-small', 'live-screen', 'live-screen-few', 'live-screen-many'];
const kScripts = /^\/web\/(desk|sign|adjudicate)\.js$/;

const views = [
  {width: 1280, height: 900, colorScheme: 'light'},
  {width: 320, height: 640, colorScheme: 'dark'},
  {width: 1920, height: 1080, colorScheme: 'light', walls: true},
  {width: 1920, height: 1080, colorScheme: 'dark', walls: true},
];

async function checkOne(page, name, lang, view, say) {
  await page.goto(`${base}sample/${name}?lang=${lang}`, {waitUntil: 'load'});
  await page.waitForTimeout(60);
  await checkWidth(page, say);
  // The same elements in both languages: Tab walks one of them, and the small dark screen is searched in the longer words.
  if (view.width !== 320 || lang === 'en') await checkAccessible(page, say);
  if (view === views[0]) {
    await checkStructure(page, `${lang}/`, say, kScripts);
    if (lang === 'ko') await checkKeyboard(page, say);
    await checkPrimary(page, say);
  }
  if (view.width === 320) await checkTargets(page, say);
  if (view.walls && kWallPages.includes(name)) await checkOneScreen(page, say);
}

// One thing to do next: not two.
async function checkPrimary(page, say) {
  const primary = await page.$$eval('main .go', found => found.map(element => element.textContent.trim()));
  if (primary.length > 1) say(`more than one primary button: ${primary.join(' | ')}`);
}

// A wall shows everything without anybody scrolling it.
async function checkOneScreen(page, say) {
  const {scroll, client} = await page.evaluate(
      () => ({scroll: document.documentElement.scrollHeight, client: document.documentElement.clientHeight}));
  if (scroll > client) say(`does not fit the screen: ${scroll} px in ${client} px`);
}

// Without JavaScript everything is there, and every form leads somewhere.
async function checkPlain(page, name, say) {
  await page.goto(`${base}sample/${name}?lang=ko`);
  if (!(await page.locator('h1').innerText()).trim()) say('no heading');
  const dead = await page.$$eval('form', forms => forms.filter(form => !form.getAttribute('action')).length);
  if (dead > 0) say(`${dead} forms without an address`);
}

const browser = await launch();
const problems = new Set();
const prefix = process.argv[3] ?? '';  // while working on some pages: only those
const names = (await (await fetch(`${base}pages`)).text()).trim().split('\n').filter(name => name.startsWith(prefix));
// One tab a view: a new one for each page costs more than the page.
for (const view of views) {
  const {width, height, colorScheme} = view;
  const context = await browser.newContext({viewport: {width, height}, colorScheme});
  const page = await context.newPage();
  let where = '';
  const say = what => problems.add(`${where}: ${what}`);
  listen(page, base, say);
  for (const name of view.walls ? kWallPages.filter(name => names.includes(name)) : names)
    for (const lang of ['ko', 'en']) {
      where = `${name} (${lang}, ${width} px, ${colorScheme})`;
      await checkOne(page, name, lang, view, say);
    }
  await context.close();
}
const plain = await browser.newContext({javaScriptEnabled: false});
const page = await plain.newPage();
for (const name of names) await checkPlain(page, name, what => problems.add(`${name} (no JavaScript): ${what}`));
await plain.close();
if (!prefix) await checkBehaviour(browser, base, what => problems.add(what));
await browser.close();
for (const problem of problems) console.log(problem);
console.log(`${names.length} pages, 2 languages, ${views.length} views: ${problems.size} problems`);
process.exit(problems.size > 0 || names.length === 0 ? 1 : 0);

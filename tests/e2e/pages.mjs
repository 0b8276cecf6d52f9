// pages.mjs [--quick] BUNDLE...   checks the pages of public bundles (directories or URLs) in a browser.
// Pages are found by following links from the bundle's index.html: of each kind and language, a few.
// Prints every problem and exits 1 if there is one.
import {pathToFileURL} from 'node:url';
import {launch} from './browser.mjs';
import {checkAccessible, checkKeyboard, checkLinks, checkPlain, checkStructure, checkWidth, listen} from './checks.mjs';

const kPagesOfAKind = 2;
const args = process.argv.slice(2);
const quick = args[0] === '--quick';
const bundles = quick ? args.slice(1) : args;

// Each width and each colour scheme once.
const views = [
  {width: 1280, height: 900, colorScheme: 'light'},
  {width: 320, height: 640, colorScheme: 'dark'},
].filter((_, i) => !quick || i === 0);

const baseOf = bundle => /^https?:/.test(bundle) ? bundle : pathToFileURL(bundle + '/').href;
const kindOf = path => path.replace(/\d+/g, 'N');

// Breadth first from the index; at most kPagesOfAKind pages of each kind and language.
async function findPages(context, base) {
  const page = await context.newPage();
  const taken = new Map(), pages = [], seen = new Set(['index.html']), queue = ['index.html'];
  while (queue.length > 0) {
    const path = queue.shift();
    const kind = kindOf(path);
    if ((taken.get(kind) ?? 0) >= kPagesOfAKind) continue;
    taken.set(kind, (taken.get(kind) ?? 0) + 1);
    pages.push(path);
    await page.goto(base + path);
    for (const href of await page.$$eval('a[href]', links => links.map(link => link.href.split('#')[0]))) {
      const next = href.startsWith(base) ? href.slice(base.length) : '';
      if (!next.endsWith('.html') || seen.has(next)) continue;
      seen.add(next);
      queue.push(next);
    }
  }
  await page.close();
  return pages;
}

async function checkPage(page, base, path, view, say) {
  await page.goto(base + path, {waitUntil: 'load'});
  await checkWidth(page, say);
  await checkAccessible(page, say);
  if (view === views[0]) {
    await checkStructure(page, path, say);
    await checkLinks(page, base, say);
    await checkKeyboard(page, say);
  }
}

async function checkBundle(browser, bundle, complain) {
  const base = baseOf(bundle);
  let pages;
  for (const view of views) {
    const {width, height, colorScheme} = view;
    const context = await browser.newContext({viewport: {width, height}, colorScheme});
    pages ??= await findPages(context, base);
    const page = await context.newPage();
    let where = '';
    const say = what => complain(`${where}: ${what}`);
    listen(page, base, say);
    page.on('requestfailed', request => say(`request failed: ${request.url()}`));
    for (const path of pages) {
      where = `${path} (${width} px, ${colorScheme})`;
      await checkPage(page, base, path, view, say);
    }
    await context.close();
  }
  const plain = await browser.newContext({javaScriptEnabled: false});
  const page = await plain.newPage();
  for (const path of pages) await checkPlain(page, base + path, what => complain(`${path} (no JavaScript): ${what}`));
  await plain.close();
  return pages.length;
}

const browser = await launch();
const problems = new Set();
let count = 0;
for (const bundle of bundles) count += await checkBundle(browser, bundle, problem => problems.add(problem));
await browser.close();
for (const problem of problems) console.log(problem);
console.log(`${count} pages, ${views.length} views each: ${problems.size} problems`);
process.exit(problems.size > 0 || count === 0 ? 1 : 0);

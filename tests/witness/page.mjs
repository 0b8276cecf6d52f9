// page.mjs URL: looks at a witness's page in a browser, at each width and in each colour scheme.
import {launch} from '../e2e/browser.mjs';
import {checkAccessible, checkKeyboard, checkLinks, checkStructure, checkWidth} from '../e2e/checks.mjs';

const base = process.argv[2];
const views = [
  {width: 1920, height: 1080, colorScheme: 'light'},
  {width: 320, height: 640, colorScheme: 'dark'},
];
const browser = await launch();
const problems = new Set();
for (const {width, height, colorScheme} of views) {
  const context = await browser.newContext({viewport: {width, height}, colorScheme});
  const page = await context.newPage();
  const say = what => problems.add(`${width} px, ${colorScheme}: ${what}`);
  page.on('console', message => message.type() === 'error' && say(`console: ${message.text()}`));
  page.on('requestfailed', request => say(`request failed: ${request.url()}`));
  await page.goto(base, {waitUntil: 'load'});
  for (const check of [checkWidth, checkAccessible]) await check(page, say);
  await checkStructure(page, 'index.html', say);
  await checkLinks(page, base, say);
  await checkKeyboard(page, say);
  if (process.argv[3]) await page.screenshot({path: `${process.argv[3]}-${width}.png`, fullPage: true});
  await context.close();
}
await browser.close();
for (const problem of problems) console.log(problem);
console.log(`${views.length} views: ${problems.size} problems`);
process.exit(problems.size > 0 ? 1 : 0);

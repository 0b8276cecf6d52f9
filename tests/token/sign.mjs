// sign.mjs SCRUTINEER SOFTHSM-MODULE: signing in a real browser, with each of the three ways to hold a key, and what
// each of them refuses. What was signed is checked by `scrutineer note verify`.
import {execFileSync, spawn} from 'node:child_process';
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {createServer as createTlsServer} from 'node:https';
import {networkInterfaces, tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

import {launch} from '../e2e/browser.mjs';
import {checkAccessible} from '../e2e/checks.mjs';

const [scrutineer, module] = process.argv.slice(2);
const web = join(dirname(fileURLToPath(import.meta.url)), '../../web');
const work = mkdtempSync(join(tmpdir(), 'scrutineer-sign-'));
const run = (program, ...args) => execFileSync(program, args, {encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore']});

let failed = 0;
function check(good, what) {
  if (good) return;
  ++failed;
  console.log(`FAILED: ${what}`);
}

// ---- The site: the page with its policy, and what its forms send ----

const policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' http://127.0.0.1:*; " +
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const sheet = `scrutineer/count-sheet/1\n{"election":"${'e'.repeat(64)}","unit":"종로-1","contest":"mayor",` +
    '"how":"by-hand","ballots_cast":1234,"votes":{"A":1000,"B":234}}\n';
let offer = '';
let agentPort = 0;
const sent = [];

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
function page(lang, text) {
  return `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>sign</title>
<script type="module" src="/sign.js"></script></head><body><main><h1>sign</h1>
<form data-sign data-agent-port="${agentPort}" method="post" action="/sent">
<input type="hidden" name="text" value="${escaped(text)}"><input type="hidden" name="csrf" value="token"><input type="hidden" name="vkey">
<div data-sign-ui></div><button name="do" value="announce">sign</button></form><div data-browser-key></div></main></body></html>`;
}

function answer(request, reply) {
  const path = request.url;
  const headers = {'Content-Security-Policy': policy, 'Referrer-Policy': 'no-referrer'};
  if (request.method === 'POST') {
    let body = '';
    request.on('data', (part) => (body += part));
    request.on('end', () => {
      sent.push(Object.fromEntries(new URLSearchParams(body)));
      reply.writeHead(200, {...headers, 'Content-Type': 'text/html'}).end('<!doctype html><title>sent</title><p id="sent">sent');
    });
  } else if (path.endsWith('.js')) {
    reply.writeHead(200, {...headers, 'Content-Type': 'text/javascript'}).end(readFileSync(join(web, path)));
  } else if (path === '/favicon.ico') {
    reply.writeHead(404, headers).end();
  } else {
    const [, lang, what] = path.split('/');
    reply.writeHead(200, {...headers, 'Content-Type': 'text/html; charset=utf-8'}).end(page(lang, what === 'in' ? offer : sheet));
  }
}

async function serve() {
  const server = createServer(answer);
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return {server, origin: `http://127.0.0.1:${server.address().port}`};
}

// As a counting centre has it: https, from another address than this computer's own loopback.
async function serveAsCentre() {
  const outside = Object.values(networkInterfaces()).flat().find(({internal, family}) => !internal && family === 'IPv4');
  if (!outside) return null;
  const files = {key: join(work, 'tls.key'), cert: join(work, 'tls.pem')};
  run('openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj',
      '/CN=centre', '-keyout', files.key, '-out', files.cert);
  const server = createTlsServer({key: readFileSync(files.key), cert: readFileSync(files.cert)}, answer);
  await new Promise((ready) => server.listen(0, outside.address, ready));
  return {server, origin: `https://${outside.address}:${server.address().port}`};
}

// ---- Keys ----

process.env.SOFTHSM2_CONF = join(work, 'softhsm2.conf');
mkdirSync(join(work, 'tokens'));
writeFileSync(process.env.SOFTHSM2_CONF, `directories.tokendir = ${work}/tokens\nobjectstore.backend = file\nlog.level = ERROR\n`);
run('softhsm2-util', '--init-token', '--free', '--label', 'card', '--pin', '1234', '--so-pin', '5678');
writeFileSync(join(work, 'pin'), '1234\n');
const onToken = (...more) => run(scrutineer, 'key', 'make', '--pkcs11', module, '--token', 'card', '--pin-file', join(work, 'pin'), ...more).trim();
const cardKeys = [onToken('--name', 'jongno/의장'), onToken('--name', 'jongno/member-1', '--ed25519')];
const keyFile = (name, ...more) => ({path: join(work, name), vkey: run(scrutineer, 'key', 'new', '--name', `jongno/${name}`, '--out', join(work, name), ...more).trim()});
writeFileSync(join(work, 'passphrase'), 'long enough\n');
const plain = keyFile('plain', '--no-passphrase');
const p256 = keyFile('p256', '--no-passphrase', '--p256');
const locked = keyFile('locked', '--passphrase-file', join(work, 'passphrase'));

// ---- The agent ----

const agents = [];
async function startAgent(origin, ...more) {
  const child = spawn(scrutineer, ['agent', '--origin', origin, '--port', '0', ...more], {stdio: ['pipe', 'pipe', 'pipe']});
  agents.push(child);
  const agent = {child, shown: '', port: 0, vkey: ''};
  child.stderr.on('data', (part) => (agent.shown += part));
  let out = '';
  await new Promise((ready, gone) => {
    child.on('exit', () => gone(new Error(`the agent ended: ${agent.shown}`)));
    child.stdout.on('data', (part) => {
      out += part;
      const said = out.match(/Agent: http:\/\/127\.0\.0\.1:(\d+)\/\n(.+)\n/);
      if (said) ready([agent.port, agent.vkey] = [Number(said[1]), said[2]]);
    });
  });
  return agent;
}
const withCard = (origin, key, ...more) => startAgent(origin, '--pkcs11', module, '--token', 'card', '--token-key', key, ...more);

// ---- What is looked at ----

/** The last form that came, as a note that the other program reads. */
function verified(vkey, text, what) {
  const form = sent.at(-1) ?? {};
  const came = (form.text ?? '').replaceAll('\r\n', '\n');
  if (text) check(came === text, `${what}: the text came as it was`);
  check(form.csrf === 'token' && form.do === 'announce', `${what}: the other fields came too`);
  check(!Object.keys(form).some((name) => /pin|way/.test(name)) && !JSON.stringify(form).includes('1234"'), `${what}: no PIN was sent`);
  const [name, id] = vkey.split('+');
  check(form.signer === name && form.key_id === id && form.vkey === vkey, `${what}: signer, key id and vkey`);
  const bytes = Buffer.concat([Buffer.from(form.key_id ?? '', 'hex'), Buffer.from(form.signature ?? '', 'base64')]);
  writeFileSync(join(work, 'note'), `${came}\n\u2014 ${form.signer} ${bytes.toString('base64')}\n`);
  let good = false;
  try {
    good = run(scrutineer, 'note', 'verify', '--vkey', vkey, join(work, 'note')).startsWith('good');
  } catch {}
  check(good, `${what}: the note verifies`);
  return came;
}

class Visitor {
  constructor(context, origin) {
    Object.assign(this, {context, origin});
  }
  async open(path = '/en/sheet') {
    await this.page?.close();
    this.page = await this.context.newPage();
    this.page.on('console', (message) => {
      const text = message.text();
      if (/Content Security Policy|Uncaught/.test(text)) check(false, `console: ${text}`);
    });
    this.page.on('pageerror', (error) => check(false, `page error: ${error}`));
    await this.page.goto(this.origin + path);
    await this.page.waitForSelector('fieldset.sign-with');
  }
  async submit() {
    await this.page.click('button[name=do]');
  }
  async sentOff() {
    await this.page.waitForSelector('#sent', {timeout: 20_000});
  }
  async refusedWith(pattern, what) {
    const status = this.page.locator('form .sign-status').filter({hasText: pattern});
    await status.waitFor({timeout: 10_000}).catch(() => {});
    const said = await this.page.textContent('form .sign-status');
    check(pattern.test(said), `${what}: said "${said}"`);
  }
  async choose(way) {
    await this.page.click(`label[for$="-${way}"]`);
  }
  // What stays behind in the browser for this site.
  kept() {
    return this.page.evaluate(async () => ({
      storage: localStorage.length + sessionStorage.length, cookies: document.cookie,
      databases: (await indexedDB.databases()).map(({name}) => name),
    }));
  }
}

// ---- The three ways ----

async function agentWay(visitor, origin) {
  for (const vkey of cardKeys) {
    const name = vkey.split('+')[0];
    const agent = await withCard(origin, name);
    check(agent.vkey === vkey, `${name}: the agent has the key that was made`);
    agentPort = agent.port;
    await visitor.open();
    await visitor.page.fill('input[type=password]', '1234');
    await visitor.page.keyboard.press('Enter');
    await visitor.sentOff();
    verified(vkey, sheet, name);
    check(/종로-1/.test(agent.shown) && /1,234/.test(agent.shown) && /signed/.test(agent.shown), 'the terminal shows the sheet');

    const nonce = 'ab'.repeat(32);
    offer = `scrutineer/sign-in/1\n{"server":"${origin}","nonce":"${nonce}","at":"2025-06-03T20:00:00Z"}\n`;
    await visitor.open('/ko/in');
    await visitor.page.fill('input[type=password]', '1234');
    await visitor.submit();
    await visitor.sentOff();
    const came = verified(vkey, null, `${name}, sign-in`);
    check(came === offer.replace('"}\n', `","key":"${vkey}"}\n`), 'the sign-in text has the key and is otherwise the server’s');
  }
}

async function agentRefuses(visitor, origin) {
  const agent = await withCard(origin, 'jongno/member-1');
  agentPort = agent.port;
  offer = `scrutineer/sign-in/1\n{"server":"https://elsewhere.example","nonce":"${'ab'.repeat(32)}","at":"2025-06-03T20:00:00Z"}\n`;
  await visitor.open('/en/in');
  await visitor.page.fill('input[type=password]', '1234');
  await visitor.submit();
  await visitor.refusedWith(/neither a record nor a sign-in/, 'a sign-in to another server');

  await visitor.open('/ko/sheet');
  await visitor.submit();
  await visitor.refusedWith(/PIN\(암호\)을 입력/, 'no PIN');
  for (let i = 0; i < 3; ++i) {
    await visitor.page.fill('input[type=password]', '9999');
    await visitor.submit();
    await visitor.refusedWith(/PIN이 맞지 않습니다/, 'a wrong PIN');
    check(await visitor.page.inputValue('input[type=password]') === '', 'the PIN is gone from its field');
    await visitor.page.evaluate(() => (document.querySelector('form .sign-status').textContent = ''));
  }
  await visitor.page.fill('input[type=password]', '1234');
  await visitor.submit();
  await visitor.refusedWith(/go on/, 'locked after three');
  agent.child.stdin.write('go on\n');
  await new Promise((soon) => setTimeout(soon, 300));
  await visitor.page.fill('input[type=password]', '1234');
  await visitor.submit();
  await visitor.sentOff();
  verified(cardKeys[1], sheet, 'after go on');
  check(!agent.shown.includes('9999'), 'no PIN on the terminal');

  const other = await serve();
  const stranger = new Visitor(visitor.context, other.origin);
  await stranger.open();
  await stranger.page.fill('input[type=password]', '1234');
  await stranger.submit();
  await stranger.refusedWith(/could not be reached/, 'another site');
  check(/other-origin/.test(agent.shown), 'the terminal says who asked');
  await stranger.page.close();
  other.server.close();
}

async function fileWay(visitor) {
  for (const {path, vkey} of [plain, p256]) {
    await visitor.open();
    await visitor.choose('file');
    await visitor.page.setInputFiles('input[type=file]', path);
    await visitor.submit();
    await visitor.sentOff();
    verified(vkey, sheet, path);
    const {storage, databases, cookies} = await visitor.kept();
    check(storage === 0 && cookies === '' && databases.every((name) => name === 'scrutineer-key'), 'nothing stays behind');
  }
  await visitor.page.goBack();
  await visitor.page.waitForSelector('fieldset.sign-with');
  await visitor.choose('file');
  await visitor.submit();
  await visitor.refusedWith(/Choose the key file/, 'the key is gone when the page was left');
  await visitor.page.setInputFiles('input[type=file]', locked.path);
  await visitor.submit();
  await visitor.refusedWith(/cannot be opened in a page/, 'a file under a passphrase');
  writeFileSync(join(work, 'mixed'), readFileSync(plain.path, 'utf8').replace(/plain .*/, `plain ${Buffer.alloc(32, 7).toString('base64')}`));
  for (const wrong of ['mixed', 'pin']) {
    await visitor.page.setInputFiles('input[type=file]', join(work, wrong));
    await visitor.submit();
    await visitor.refusedWith(/no key file/, `the file ${wrong}`);
  }
  // And the same file by the agent, with its passphrase.
  const agent = await startAgent(visitor.origin, '--key', locked.path);
  agentPort = agent.port;
  await visitor.open();
  await visitor.page.fill('input[type=password]', 'long enough');
  await visitor.submit();
  await visitor.sentOff();
  verified(locked.vkey, sheet, 'a file under a passphrase, by the agent');
}

async function browserWay(visitor) {
  await visitor.open();
  check(await visitor.page.locator('label[for$="-browser"]').count() === 0, 'no browser key is offered before there is one');
  const place = visitor.page.locator('[data-browser-key]');
  const say = (pattern, what) => place.locator('.sign-status').filter({hasText: pattern}).waitFor({timeout: 10_000}).catch(() => check(false, what));
  await place.locator('input[type=text]').first().fill('jongno/typist-1');
  await place.getByRole('button').first().click();
  await say(/yours alone/, 'a shared computer keeps no key');
  await place.locator('input[type=checkbox]').check();
  await place.locator('input[type=text]').first().fill('has space');
  await place.getByRole('button').first().click();
  await say(/no spaces/, 'a name with a space');
  await place.locator('input[type=text]').first().fill('jongno/타자-1');
  await place.getByRole('button').first().click();
  await say(/coordinator/, 'the key is made');
  const vkey = await place.locator('input[readonly]').inputValue();
  check(vkey.startsWith('jongno/타자-1+'), `the vkey is shown: ${vkey}`);
  for (let i = 0; i < 2; ++i) {
    await visitor.open();  // it is still there after the page was left, and is what is offered first
    await visitor.submit();
    await visitor.sentOff();
    verified(vkey, sheet, 'browser key');
  }
  await visitor.open();
  const extracted = await visitor.page.evaluate(async () => {
    const database = await new Promise((ready) => (indexedDB.open('scrutineer-key').onsuccess = (event) => ready(event.target.result)));
    const row = await new Promise((ready) => (database.transaction('keys').objectStore('keys').get('only').onsuccess = (event) => ready(event.target.result)));
    database.close();
    return crypto.subtle.exportKey('pkcs8', row.privateKey).then(() => 'extracted', (error) => error.name);
  });
  check(extracted === 'InvalidAccessError', `the private key cannot be read: ${extracted}`);
  const forgetting = visitor.page.locator('[data-browser-key]');
  await forgetting.getByRole('button').last().click();
  await forgetting.locator('.sign-status').filter({hasText: /removed/}).waitFor();
  await visitor.open();
  check(await visitor.page.locator('label[for$="-browser"]').count() === 0, 'the key was removed');
}

// WebCrypto without Ed25519, as in older browsers.
async function olderBrowser(browser, origin) {
  const context = await browser.newContext();
  await context.addInitScript(() => {
    for (const call of ['generateKey', 'importKey']) {
      const original = SubtleCrypto.prototype[call];
      SubtleCrypto.prototype[call] = function (...args) {
        if (args.some((argument) => argument?.name === 'Ed25519')) return Promise.reject(new DOMException('no', 'NotSupportedError'));
        return original.apply(this, args);
      };
    }
  });
  const visitor = new Visitor(context, origin);
  await visitor.open();
  await visitor.choose('file');
  await visitor.page.setInputFiles('input[type=file]', plain.path);
  await visitor.submit();
  await visitor.refusedWith(/cannot sign with this kind/, 'a browser without Ed25519');
  const vkey = await visitor.page.evaluate(async () => (await (await import('/sign.js')).makeBrowserKey('old', {ownComputer: true})).text);
  await visitor.open();
  await visitor.submit();
  await visitor.sentOff();
  verified(vkey, sheet, 'P-256 in an older browser');
  await context.close();
}

// A page from elsewhere reaches this computer only if the person allows it (Local Network Access).
async function fromElsewhere(browser) {
  const centre = await serveAsCentre();
  if (!centre) return console.log('no other address than loopback: the page from elsewhere was not tried');
  const context = await browser.newContext({ignoreHTTPSErrors: true});
  const visitor = new Visitor(context, centre.origin);
  const agent = await withCard(centre.origin, 'jongno/member-1');
  agentPort = agent.port;
  await visitor.open();
  const devtools = await browser.newBrowserCDPSession();
  const {targetInfos} = await devtools.send('Target.getTargets');
  const {browserContextId} = targetInfos.find(({url}) => url.startsWith(centre.origin));
  const answerWith = async (setting) => {
    let known = 0;  // its name has changed with the versions
    for (const name of ['loopback-network', 'local-network-access', 'local-network'])
      await devtools.send('Browser.setPermission', {permission: {name}, setting, origin: centre.origin, browserContextId}).then(() => ++known, () => {});
    return known;
  };
  if (await answerWith('denied')) {
    await visitor.page.fill('input[type=password]', '1234');
    await visitor.submit();
    await visitor.refusedWith(/allow access to this computer/, 'a person who does not allow it');
  }
  await answerWith('granted');
  await visitor.page.fill('input[type=password]', '1234');
  await visitor.submit();
  await visitor.sentOff();
  verified(cardKeys[1], sheet, 'a page over https from another address');
  await context.close();
  centre.server.close();
}

async function looks(visitor) {
  for (const path of ['/ko/sheet', '/en/sheet'])
    for (const way of ['agent', 'file']) {
      await visitor.open(path);
      await visitor.choose(way);
      await checkAccessible(visitor.page, (problem) => check(false, `${path} ${way}: ${problem}`));
    }
  await visitor.open();
  await visitor.page.keyboard.press('Tab');
  await visitor.page.keyboard.press('ArrowDown');
  check(await visitor.page.isVisible('input[type=file]') && await visitor.page.isHidden('input[type=password]'), 'the arrow keys choose');
}

const site = await serve();
const browser = await launch();
try {
  const visitor = new Visitor(await browser.newContext(), site.origin);
  await agentWay(visitor, site.origin);
  await agentRefuses(visitor, site.origin);
  await fileWay(visitor);
  await browserWay(visitor);
  await olderBrowser(browser, site.origin);
  await fromElsewhere(browser);
  await looks(visitor);
} finally {
  await browser.close();
  site.server.close();
  for (const agent of agents) agent.kill();
  rmSync(work, {recursive: true, force: true});
}
console.log(failed ? `${failed} checks failed` : `signed ${sent.length} times in a browser, all verified`);
process.exitCode = failed ? 1 : 0;

// notices.mjs SCRUTINEER SCRUTINEER_VERIFY DIR: attack notices as people live them: one that is written, arrives, is read,
// acknowledged, answered and closed; one that is refused; one that nobody looks at, which escalates by itself; a
// telephone call; one notice to many. Then the evidence, the public page, and a search for words that were under seal.
import {writeFileSync} from 'node:fs';
import {checkAccessible, checkKeyboard, checkStructure, checkWidth} from '../e2e/checks.mjs';
import {Exchange} from './exchange.mjs';
import {Centre} from './people.mjs';
import {tools} from './programs.mjs';

const [program, verifier, dir] = process.argv.slice(2);
const {must, start, stop, get, until, run} = tools(program);
const shots = process.env.SCRUTINEER_SHOTS;  // a folder: pages as they were seen, to be looked at

// Words that may appear on pages for signed-in people of the two parties, and nowhere else.
const kMarkers = ['marker-title-7731', 'marker-mail@secret.example', 'marker-actor-5520', 'marker-result-9912', 'marker-host.secret.example'];

const world = new Exchange(program, dir, {run, start, must});
const places = [];  // of browsers, one for each node
const problems = [];

async function look(person, name) {
  const {page} = person;
  const say = what => problems.push(`${name}: ${what}`);
  const lang = await page.evaluate(() => document.documentElement.lang);
  await checkWidth(page, () => {});
  await checkAccessible(page, say);
  await checkStructure(page, `${lang}/`, say, /^\/web\/(desk|sign)\.js$/);
  if (shots) await page.screenshot({path: `${shots}/${name}.png`, fullPage: true});
}

async function at(node) {
  const place = new Centre(world.nodes[node].url, world.keys);
  await place.open();
  places.push(place);
  return {person: role => place.person(`${node}-${role}`), place};
}

const clickTo = async (person, selector) => person.leaves(() => person.page.locator(selector).first().click());
const main = person => person.text();
const idIn = url => new URL(url).searchParams.get('id');

try {
  console.log('Nodes, agreements, witnesses');
  await world.add('service', 'notifier', '가상정보원');
  await world.add('commission', 'institution', '가상선거관리위원회');
  await world.add('ministry', 'institution', '가상부처');
  await world.add('relay', 'relay', '가상 중계소');
  await world.addWitness('witness-1');
  const deadlines = [
    {code: 'machine-5s', step: 'receipt', after: 5, then: 'mail'},
    {code: 'person', step: 'acknowledgement', after: 3, then: 'deputy'},
    {code: 'deputy', step: 'acknowledgement', after: 5, then: 'telephone'},
    {code: 'initial-24h', step: 'initial', after: 86400, then: 'none', law: 'KISA 24 h'},
  ];
  world.agree('ministry', deadlines);
  world.agree('commission', deadlines.map(one => (one.step === 'acknowledgement' ? {...one, after: one.after * 300} : one)));
  for (const name of Object.keys(world.nodes)) await world.start(name);
  must(/^http/.test(world.log('service')), 'a running node says where it listens');

  const service = await at('service'), commission = await at('commission');
  console.log('The service writes a notice');
  const officer = await service.person('officer-1');
  await look(officer, 'list-empty');
  await officer.go('/desk/compose');
  await officer.page.getByLabel('Invented commission').or(officer.page.getByLabel('가상선거관리위원회')).check();
  await officer.page.fill('[name=title]', kMarkers[0]);
  await officer.page.fill('[name=first]', '2021-04-19 17:44');
  await officer.page.fill('[name=last]', '2021-04-19 17:56');
  await officer.page.fill('[name=indicators]', '192.0.2.44 | first\nno such thing here\nhxxps://evil[.]example/login');
  await officer.page.fill('[name=affected]', `${kMarkers[1]}\n${kMarkers[4]}`);
  await officer.page.fill('[name=told]', `${kMarkers[1]} | 2021-04-19 20:44 | 전화`);
  await officer.page.fill('[name=observations]', '198.51.100.7 | 192.0.2.44 | 2021-04-19 17:44 | 2021-04-19 17:56 | 9');
  await officer.page.fill('[name=actions]', '비밀번호를 바꾸십시오');
  await officer.page.check('#attribution-stated');
  await officer.page.fill('[name=actor]', kMarkers[2]);
  await officer.page.fill('[name=confidence]', '85');
  writeFileSync(`${dir}/mail.eml`, `From: x\nSubject: ${kMarkers[0]}\n\nhello\n`);
  await officer.page.setInputFiles('[name=file]', `${dir}/mail.eml`);
  await clickTo(officer, 'main form button.go');
  must(/2번째 줄/.test(await main(officer)), 'a line that is no indicator is named by its number');
  await look(officer, 'compose-problem');
  await officer.page.fill('[name=indicators]', '192.0.2.44 | first\nhxxps://evil[.]example/login');
  await officer.page.setInputFiles('[name=file]', `${dir}/mail.eml`);
  await clickTo(officer, 'main form button.go');
  const preview = await main(officer);
  must(kMarkers.slice(0, 3).every(word => preview.includes(word)) && /https:\/\/evil\.example\/login/.test(preview) && /IPv4/.test(preview),
       'the preview shows exactly what is sealed, with what kind each indicator is');
  must(/mail\.eml/.test(preview) && /stix\.json/.test(preview), 'and the files');
  await look(officer, 'preview');
  must(!/marker/.test(officer.page.url()), 'nothing confidential stands in an address');
  await officer.sign('/desk/sign');
  const id = idIn(officer.page.url());
  must(/^[0-9a-f]{64}$/.test(id), 'it is signed and sent');
  const notice = `/desk/notice?id=${id}`;
  await until('the institution\'s machine has opened it', 15, async () => { await officer.go(notice); return /기계가 받음/.test(await main(officer)) && /nec|commission/.test(await main(officer)); });
  await look(officer, 'sent');

  console.log('The commission reads, acknowledges and answers it');
  const reader = await commission.person('officer-1');
  must(/받은 통보/.test(await main(reader)) && !/marker/.test(await main(reader)), 'it stands in the inbox, without contents');
  await look(reader, 'inbox');
  await clickTo(reader, 'main tbody a');
  must(!/marker/.test(await reader.page.content()), 'the notice itself shows no contents');
  await look(reader, 'arrived');
  await clickTo(reader, 'a[href^="/desk/content"]');
  const opened = await main(reader);
  must(kMarkers.slice(0, 3).every(word => opened.includes(word)), 'contents are opened when they are asked for');
  must(/TLP:AMBER/.test(await main(reader)) && /85/.test(await main(reader)), 'with how they may be shared, and who is behind it');
  await look(reader, 'content');
  const answer = await reader.page.request.get(`${world.nodes.commission.url}/desk/content?id=${id}`);
  must(answer.headers()['cache-control'] === 'no-store', 'contents are never cached');
  const csv = await (await reader.page.request.get(`${world.nodes.commission.url}/desk/indicators.csv?id=${id}`)).text();
  must(csv.startsWith('kind,value,note\n') && csv.includes('ipv4,192.0.2.44,first\n') && csv.includes('url,https://evil.example/login,\n'), 'indicators as CSV');
  await reader.sign('/desk/sign');
  must(/읽었음을 확인/.test(await main(reader)), 'it is acknowledged');
  await clickTo(reader, 'a[href^="/desk/answer?"]');
  await look(reader, 'answer-form');
  await reader.page.selectOption('[name=stage]', 'full');
  await reader.page.selectOption('[name=outcome]', 'blocked');
  await reader.page.fill('[name=actions]', '계정을 잠갔습니다');
  await reader.page.fill('[name=results]', kMarkers[3]);
  await clickTo(reader, 'main form button.go');
  must((await main(reader)).includes(kMarkers[3]), 'the answer is shown before it is signed');
  await reader.sign('/desk/sign');
  await until('the service has the answer', 15, async () => { await officer.go(notice); return /답변 열기/.test(await main(officer)); });
  await clickTo(officer, 'a[href^="/desk/answer/content"]');
  must((await main(officer)).includes(kMarkers[3]), 'the service opens the answer');
  await look(officer, 'answer');

  console.log('Who may not read, does not');
  const head = await commission.person('head-1');
  await head.go(`/desk/content?id=${id}`);
  must(!/marker/.test(await head.page.content()) && /할 수 없습니다/.test(await main(head)), 'a representative signs rotas and keys, and reads no contents');
  await head.go('/desk/duty');
  await head.page.fill('[name=from]', '2030-01-01 00:00');
  await head.page.fill('[name=until]', '2030-01-02 00:00');
  await head.page.getByLabel('commission/officer-1').first().check();
  await clickTo(head, 'main form button.go');
  await head.sign('/desk/sign');
  must(/2030-01-01/.test(await main(head)), 'a rota is signed before it begins');
  await look(head, 'duty');
  await head.go('/desk/keys');
  await look(head, 'keys');
  const stranger = await run('curl', ['-s', '-o', '/dev/null', '-w', '%{http_code} %{redirect_url}', `${world.nodes.commission.url}/desk/content?id=${id}`]);
  must(/303 .*sign-in/.test(stranger.out), 'a stranger is sent to the door');

  console.log('By telephone: both read out a code, both sign');
  const caller = await service.person('telephone-1'), called = await commission.person('telephone-1');
  for (const one of [caller, called]) await one.go(`/desk/call?id=${id}`);
  const codes = [];
  for (const one of [caller, called]) codes.push((await one.page.locator('.code b').innerText()).replace(' ', ''));
  must(codes.every(code => /^\d{8}$/.test(code)) && codes[0] !== codes[1], 'each side has a code of its own');
  await look(caller, 'call');
  for (const [i, one] of [caller, called].entries()) {
    await one.page.fill('[name=heard]', codes[1 - i]);
    await clickTo(one, 'main form button.go');
    await one.sign('/desk/sign');
  }
  await until('the codes cross', 15, async () => { await caller.go(`/desk/call?id=${id}`); return /증명됩니다/.test(await main(caller)); });

  console.log('One that nobody looks at; one to many; one refused');
  await officer.go('/desk/compose');
  await officer.page.check('#to-all');
  await officer.page.selectOption('[name=kind]', 'warning');
  await officer.page.fill('[name=title]', kMarkers[0]);
  await officer.page.fill('[name=first]', '2026-11-22 09:00');
  await clickTo(officer, 'main form button.go');
  await look(officer, 'preview-many');
  await clickTo(officer, 'form[action="/desk/send"] button, form[action^="/desk/send"] button');
  must(/board\?group=/.test(officer.page.url()) && /2곳에 보냈습니다|가상부처/.test(await main(officer)), 'one to each, and the board of that sending');
  await until('the ministry is late, and the next is told by itself', 30, async () => {
    await officer.page.reload();
    return /늦음/.test(await main(officer)) && /당직 전화/.test(await main(officer));
  });
  await look(officer, 'board');
  const group = new URL(officer.page.url()).search;
  const board = await officer.page.request.get(`${world.nodes.service.url}/desk/board.csv${group}`);
  must((await board.text()).split('\n').length === 4, 'the board as CSV: a head and two lines');
  const pdf = await officer.page.request.get(`${world.nodes.service.url}/desk/board.pdf${group}`);
  must((await pdf.body()).subarray(0, 5).toString() === '%PDF-', 'and as PDF');
  if (shots) writeFileSync(`${shots}/board.pdf`, await pdf.body());
  await officer.go(`/desk/board${group}&state=late&sort=name`);
  must((await officer.page.locator('tbody tr th a').count()) === 1, 'only the late one');
  await clickTo(officer, 'tbody tr th a[href^="/desk/notice"]');
  must(/자동으로 넘김/.test(await main(officer)), 'what happened by itself stands in its timeline');
  await look(officer, 'escalated');
  await reader.go('/desk/?sort=time');
  await clickTo(reader, 'main tbody a');
  await clickTo(reader, 'a[href^="/desk/refuse"]');
  await look(reader, 'refuse');
  await reader.page.selectOption('[name=code]', 'disputed');
  await reader.page.fill('[name=reason]', '우리 주소가 아닙니다');
  await clickTo(reader, 'main form button.go');
  await reader.sign('/desk/sign');
  must(/거절/.test(await main(reader)) && /우리 주소가 아닙니다/.test(await main(reader)), 'a refusal with its public reason');

  console.log('A statement, the closing, the evidence');
  const voice = await commission.person('head-1');
  await voice.go('/desk/statements');
  await voice.page.selectOption('[name=claim]', 'not-notified');
  await voice.page.fill('[name=words]', '통보받은 적이 없습니다');
  await clickTo(voice, 'main form button.go');
  await voice.sign('/desk/sign');
  must(/우리는|통보받은 적/.test(await main(voice)), 'what is said in public is on record');
  await look(voice, 'statements');
  await officer.go(notice);
  await clickTo(officer, 'form[action^="/desk/close"] button');
  await officer.sign('/desk/sign');
  must(/종결/.test(await main(officer)), 'the exchange is closed');
  await look(officer, 'closed');
  await until('witnesses have covered its last step', 30, async () => { await officer.go(notice); return !/아직 없음/.test(await officer.page.locator('main table').nth(1).innerText()); });
  await officer.page.locator('summary', {hasText: '증거'}).click();
  const [file] = await Promise.all([officer.page.waitForEvent('download'), officer.page.locator('form[action^="/desk/evidence"] button').click()]);
  await file.saveAs(`${dir}/evidence.tar.zst`);
  const report = run(verifier, [`${dir}/evidence.tar.zst`, '--agreement', world.agreements.commission, '--lang', 'en']);
  must(report.code === 0 && /\[answered\]/.test(report.out) && /never notified.*contradicts/.test(report.out) && !/marker/.test(report.out),
       'the verifier says what the evidence shows, that it contradicts the statement, and nothing that was sealed');
  await officer.page.locator('[name=open]').check();
  const [whole] = await Promise.all([officer.page.waitForEvent('download'), officer.page.locator('form[action^="/desk/evidence"] button').click()]);
  await whole.saveAs(`${dir}/whole.tar.zst`);
  const judged = run(verifier, [`${dir}/whole.tar.zst`, '--agreement', world.agreements.commission, '--lang', 'en']);
  must(!judged.out.split('Notice ')[1].includes('content-withheld'), 'with the contents opened, they are judged as well');

  console.log('Languages, the keyboard, a stranger');
  await officer.go('/desk/?lang=en');
  must(/Notices/.test(await officer.page.locator('h1').innerText()), 'the same in English');
  await look(officer, 'list-en');
  await checkKeyboard(officer.page, what => problems.push(`list by keyboard: ${what}`));
  const guest = await service.place.browser.newPage();
  for (const node of ['service', 'commission', 'relay']) {
    await guest.goto(`${world.nodes[node].url}/?lang=ko`);
    must(/공개 현황/.test(await guest.locator('h1').innerText()) && !/marker/.test(await guest.content()), `the public page of the ${node}: counts and clocks`);
    await look({page: guest}, `public-${node}`);
    const shown = JSON.parse((await get(`${world.nodes[node].url}/public.json`)).text);
    must(shown.notices >= 2 && shown.acknowledged >= 1 && shown.answered >= 1, `and as JSON: ${shown.notices} notices, ${shown.acknowledged} acknowledged`);
  }
  await guest.close();

  console.log('No word that was under seal lies anywhere on a disk in the clear');
  for (const word of kMarkers) {
    const found = run('grep', ['-rlaF', '--exclude=mail.eml', '--exclude=whole.tar.zst', word, dir]).out.trim();
    must(found === '', `${word.slice(0, 10)}...: nowhere${found && `: ${found}`}`);
  }
  for (const place of places) problems.push(...place.problems);
  must(problems.length === 0, `no problem in the browser, and nothing that a screen reader would miss: ${problems.join('; ')}`);
  console.log('good');
} catch (error) {
  console.error(error.message, problems);
  if (shots && places[0]) for (const [i, page] of places.flatMap(place => place.browser.contexts().flatMap(context => context.pages())).entries()) await page.screenshot({path: `${shots}/fail-${i}.png`, fullPage: true}).catch(() => {});
  process.exitCode = 1;
} finally {
  for (const place of places) await place.close();
  for (const child of world.children.reverse()) await stop(child);
}

// night.mjs SCRUTINEER SCRUTINEER_VERIFY DIR: a night at a counting centre, as people live it, from the first key to a
// server rebuilt from a mirror. Prints what it did; exits 1 with what was wrong.
import {existsSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {Centre, paper} from './people.mjs';
import {tools} from './programs.mjs';

const [program, verifier, dir] = process.argv.slice(2);
const {said, must, start, stop, get, until, run} = tools(program);

const demo = await start(['demo', '--units', '120', '--papers', '0', '--dir', dir, '--serve', '--port', '18080'], ['Result pages', 'Counting centre']);
const [server, base] = demo.urls;
const centre = new Centre(base, `${dir}/keys/centre`);
const servers = [demo.child];
try {
  await centre.open();
  const pageOf = unit => get(`${server}/ko/unit/${Number(unit.slice(1))}.html`).then(answer => answer.text);

  console.log('Two typists, a mistake, a third reader');
  const first = await centre.person('typist-1');
  const [unit, blocked, ...away] = await first.untouched();
  const page = () => pageOf(unit);
  must(away.length >= 3, `stations are left to count: ${unit} ${blocked} ${away.slice(0, 3)}`);
  await first.type(unit, {...paper(), valid: '795'});
  must(/입력 확인|고치/.test(await first.text()) && await first.has('.msg, .notice, form:is([action="/desk/entry/confirm"],[action^="/desk/entry/confirm?"])'),
       'a sheet that does not add up is questioned, in neutral words');
  must(!/합계|합이/.test(await first.text()), 'the typist is shown no sum');
  await first.enter(unit, paper());
  await first.go(`/desk/entry?unit=${unit}&contest=LIST`);
  must(!(await first.has('form:is([action="/desk/entry"],[action^="/desk/entry?"]) input[name="votes/1"]')) && !/400/.test(await first.text()),
       'the first typist cannot be the second, and does not see the entry again');
  const second = await centre.person('typist-2');
  await second.go('/desk/entry?unit=${unit}&contest=LIST');
  must(!/400|1,?200/.test(await second.text()), 'the second typist sees nothing of the first entry');
  await second.enter(unit, paper(401));
  const chair = await centre.person('chair');
  await chair.sheet(unit);
  must(!/791|790/.test(await chair.text()), 'nobody sees figures while the entries differ');
  must(!/790/.test(await page()), 'nothing is public before the announcement');
  const reader = await centre.person('reader');
  await reader.go(`/desk/third?unit=${unit}&contest=LIST`);
  const asked = await reader.page.$$eval('form:is([action="/desk/third"],[action^="/desk/third?"]) input:not([type=hidden])', inputs => inputs.map(i => i.name));
  must([...asked].sort().join() === 'hand/from_recheck/1,invalid,valid,votes/1', `the third reader reads what differs and nothing else: ${asked}`);
  for (const name of asked) await reader.page.fill(`input[name="${name}"]`, paper()[name]);
  await reader.leaves(() => reader.page.locator('form:is([action="/desk/third"],[action^="/desk/third?"]) button.go').click());
  await reader.sign('/desk/third/sign');

  console.log('Announced and signed; the national page follows');
  await chair.signSheet(unit);
  await until('the page says that signatures are missing', 10, async () => /790/.test(await page()));
  for (const member of ['member-1', 'member-2']) await (await centre.person(member)).signSheet(unit);
  const late = await until('the national page has it', 10, async () => /d001\/member-2/.test(await page()));
  must(late < 2000, `the national page has it after ${late} ms`);
  const third = await centre.person('member-3');
  await third.sheet(unit);
  must(/790/.test(await third.text()), 'a third member can look and sign, too');

  console.log('An error stops the sheet until a coordinator takes it, with a reason');
  const wrong = {...paper(), ballots_cast: '810', invalid: '20', 'machine/to_recheck': '28'};  // more cast than issued
  await first.enter(blocked, wrong);
  await second.enter(blocked, wrong);
  await chair.sheet(blocked);
  must(!(await chair.has('form:is([action="/desk/sheet/sign"],[action^="/desk/sheet/sign?"])')), 'the chair cannot announce it');
  const coordinator = await centre.person('coordinator');
  await coordinator.sheet(blocked);
  for (let i = 0; i < 6; ++i) {
    if (await coordinator.has('form:is([action="/desk/sheet/sign"],[action^="/desk/sheet/sign?"])')) await coordinator.sign('/desk/sheet/sign');
    const reason = coordinator.page.locator('form:is([action="/desk/sheet/reason"],[action^="/desk/sheet/reason?"]):has(input[name=act][value=accept])').first();
    if (await reason.count() === 0) break;
    if (!(await reason.isVisible())) await reason.evaluate(form => form.closest('details')?.setAttribute('open', ''));
    await reason.locator('[name=reason]').fill('종이와 대조함: 추가 교부 11매 / Checked against the paper: 11 more were issued');
    await coordinator.leaves(() => reason.locator('button').click());
  }
  await chair.signSheet(blocked);
  for (const member of ['member-1', 'member-2']) await (await centre.person(member)).signSheet(blocked);
  await until('the reason is public', 10, async () => /추가 교부 11매/.test(await pageOf(blocked)));
  said('the coordinator\'s reason stands on the public page');

  console.log('Off the network: three units, a file, handed in twice');
  await coordinator.go('/desk/handover');
  await coordinator.leaves(() => coordinator.page.locator('form:is([action="/desk/handover/link"],[action^="/desk/handover/link?"]) button').click());
  for (const [i, unit] of away.slice(0, 3).entries()) {
    const figures = paper(396 + i);
    await first.enter(unit, figures);
    await second.enter(unit, figures);
    await chair.signSheet(unit);
    for (const member of ['member-1', 'member-3']) await (await centre.person(member)).signSheet(unit);
  }
  const before = JSON.parse((await get(`${server}/api/v1/status`)).text).counted;
  await coordinator.go('/desk/handover');
  await coordinator.leaves(() => coordinator.page.locator('form:is([action="/desk/handover/make"],[action^="/desk/handover/make?"]) button').click());
  await coordinator.sign('/desk/handover/sign');
  const words = await coordinator.page.locator('ol.words').first().innerText();
  const link = coordinator.page.locator('a[download][href^="/desk/handover/file"]');
  must(await link.isVisible(), 'the file is there to be saved');
  const file = await coordinator.page.context().request.get(base + await link.getAttribute('href'));
  must(file.ok(), `the file comes: ${file.status()}`);
  writeFileSync(`${dir}/stick.scrutineer`, await file.body());
  const national = new Centre(server, `${dir}/keys/centre`);
  national.browser = centre.browser;
  const receiver = await national.person('coordinator');
  for (const time of ['once', 'twice']) {
    await receiver.go('/desk/handover');
    await receiver.page.setInputFiles('form:is([action="/desk/handover/read"],[action^="/desk/handover/read?"]) input[type=file]', `${dir}/stick.scrutineer`);
    await receiver.leaves(() => receiver.page.locator('form:is([action="/desk/handover/read"],[action^="/desk/handover/read?"]) button').click());
    must((await receiver.page.locator('ol.words').first().innerText()) === words, `handed in ${time}: the same words on both ends`);
    const after = JSON.parse((await get(`${server}/api/v1/status`)).text).counted;
    must(after === before + 3, `handed in ${time}: three more sheets are counted, each once`);
  }
  await until('the chain of signers is there', 10, async () => {
    const text = await pageOf(away[0]);
    return ['d001/chair', 'd001/member-1', 'd001/member-3'].every(name => text.includes(name));
  });
  await coordinator.go('/desk/handover');
  await coordinator.leaves(() => coordinator.page.locator('form:is([action="/desk/handover/link"],[action^="/desk/handover/link?"]) button').click());
  await until('the centre is connected again', 15, async () => { await coordinator.go('/desk/handover'); return /연결됨|0건/.test(await coordinator.page.locator('header').innerText()); });
  must(JSON.parse((await get(`${server}/api/v1/status`)).text).counted === before + 3, 'back on the network nothing is counted twice');

  console.log('The observers\' screen, and the bundle of this moment');
  const observer = await centre.person('observer-1');
  await observer.go('/desk/board');
  must(/감나무동/.test(await observer.text()) && !/790/.test(await observer.text()), 'the board names units and no figures');
  const archive = Buffer.from(await (await fetch(`${server}/bundle.tar.zst`)).arrayBuffer());
  writeFileSync(`${dir}/moment.tar.zst`, archive);
  const checked = run(verifier, [`${dir}/moment.tar.zst`, '--trust', `${dir}/trust`]);
  must(checked.code === 0 && /VERIFIED/.test(checked.out), 'scrutineer-verify says VERIFIED');

  console.log('A mirror; the server is wiped and rebuilt from it');
  const mirrored = run(program, ['mirror', server, `${dir}/mirror`, '--trust', `${dir}/trust`]);
  must(mirrored.code === 0, `mirrored${mirrored.code ? mirrored.out : ''}`);
  await centre.close();  // nobody asks a server that is not there
  const counted = JSON.parse((await get(`${server}/api/v1/status`)).text).counted;
  const key = `${dir}/keys/log.key`;
  await stop(demo.child);
  rmSync(`${dir}/log`, {recursive: true});
  rmSync(`${dir}/bundle`, {recursive: true});
  const restored = run(program, ['restore', '--from', `${dir}/mirror`, '--dir', `${dir}/log`, '--log-key', key, '--trust', `${dir}/trust`]);
  must(restored.code === 0, `restored${restored.code ? restored.out : ''}`);
  if (!existsSync(`${dir}/log/log.key`)) writeFileSync(`${dir}/log/log.key`, readFileSync(key), {mode: 0o600});
  const again = await start(['serve', '--log', `${dir}/log`, '--bundle', `${dir}/bundle`, '--publisher', `${dir}/keys/publisher.key`, '--port', '18080', '--language', 'ko'], ['Result pages']);
  servers.push(again.child);
  must(JSON.parse((await get(`${again.urls[0]}/api/v1/status`)).text).counted === counted, `all ${counted} sheets are back`);
  must(/추가 교부 11매/.test((await get(`${again.urls[0]}/ko/unit/${Number(blocked.slice(1))}.html`)).text), 'every public page is back');
  const verified = run(verifier, [`${dir}/bundle`, '--trust', `${dir}/trust`]);
  must(verified.code === 0 && /VERIFIED/.test(verified.out), 'the rebuilt server verifies');

  if (centre.problems.length) throw new Error(centre.problems.join('\n'));
} catch (error) {
  console.error(`\nFAILED: ${error.stack}\n${centre.problems.join('\n')}`);
  for (const context of centre.browser?.contexts() ?? [])
    for (const page of context.pages())
      console.error(`--- ${page.url()}\n${(await page.locator('main').innerText().catch(() => '')).slice(0, 500)}`);
  process.exitCode = 1;
} finally {
  await centre.close().catch(() => {});
  for (const child of servers) await stop(child);
}
process.exit();

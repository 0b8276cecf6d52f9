// paper.mjs SCRUTINEER SCRUTINEER_VERIFY DIR [PICTURES]: people decide on the papers that a machine left to them: two blind, a
// third where they differ, the committee where somebody objects; then the machine's column of the unit's sheet. Prints what
// it did; exits 1 with what was wrong. With PICTURES, a folder: every page as PNG.
import {existsSync, mkdirSync, readFileSync} from 'node:fs';
import {checkAccessible, checkWidth} from '../e2e/checks.mjs';
import {Centre} from './people.mjs';
import {tools} from './programs.mjs';

const [program, verifier, dir, pictures] = process.argv.slice(2);
const {must, start, stop, get, until, run} = tools(program);
const kPapers = 80;
const demo = await start(['demo', '--units', '60', '--papers', String(kPapers), '--dir', dir, '--serve', '--port', '18280'],
                         ['Doubtful papers', 'Counting centre', 'Result pages']);
const base = demo.urls[1];
const centre = new Centre(base, `${dir}/keys/centre`);

// Each page as somebody sees it, in both languages: nothing that a screen reader, a keyboard or a small screen trips over.
async function look(person, path, name) {
  for (const lang of ['en', 'ko']) {
    await person.go(path + (path.includes('?') ? '&' : '?') + `lang=${lang}`);
    await person.page.waitForTimeout(100);
    const say = what => centre.problems.push(`${name} (${lang}): ${what}`);
    await checkWidth(person.page, say);
    await checkAccessible(person.page, say);
    if (!pictures) continue;
    mkdirSync(pictures, {recursive: true});
    await person.page.screenshot({path: `${pictures}/${name}-${lang}.png`, fullPage: true});
  }
}
const form = action => `main form:is([action="${action}"],[action^="${action}?"])`;
const where = ({stack, ballot}, page = 'look') => `/desk/paper/${page}?batch=${stack}&ballot=${ballot}&contest=0`;

// With the keyboard alone: what stands on the paper, "I decide on the paper", keep.
async function decide(person, at, key) {
  await person.go(where(at));
  await person.page.keyboard.press(key);
  await person.page.keyboard.press('p');
  await person.leaves(() => person.page.keyboard.press('Enter'));
  must(/판단을 남겼습니다/.test(await person.text()), `${person.role} decides with the keys ${key}, P, Enter`);
}
async function refused(person, path) {
  const answer = await person.page.context().request.get(base + path, {maxRedirects: 0});
  return answer.status();
}

try {
  await centre.open();
  console.log('What waits');
  const first = await centre.person('typist-1');
  await look(first, '/desk/paper', 'stacks');
  const stack = await first.page.getAttribute('main a[href*="/desk/paper/queue?"]', 'href').then(href => new URL(href, base).searchParams.get('batch'));
  await look(first, `/desk/paper/queue?batch=${stack}`, 'queue');
  const ballots = await first.page.$$eval('.pc a', links => links.map(link => new URL(link.href).searchParams.get('ballot')));
  must(ballots.length >= 3 && ballots.length < kPapers / 2, `${ballots.length} of ${kPapers} papers wait for people`);
  const folder = `${dir}/papers/${(await first.text()).match(/u\d{5}/)[0]}`;
  const batch = readFileSync(`${folder}/readings.jsonl`, 'utf8').trim().split('\n').map(JSON.parse);
  must(batch.length === kPapers && batch.every(line => existsSync(`${folder}/images/${line.id}.png`)), 'each has its line and its picture in the batch');
  const waiting = batch.filter(line => line.reading.contests[0]?.decision !== 'counted').map(line => line.id);
  must([...ballots].sort().join() === waiting.sort().join(), 'those that the machine did not count, and no others');
  must(ballots.join() !== [...ballots].sort().join() || ballots.length < 4, 'in the secret order, which is not that of their ids');

  console.log('Pictures');
  const [a, b, ...rest] = ballots.map(ballot => ({stack, ballot}));
  const picture = await first.page.context().request.get(base + where(a, 'image'));
  const headers = picture.headers();
  must(picture.ok() && headers['content-type'] === 'image/png' && headers['x-content-type-options'] === 'nosniff' &&
       headers['content-security-policy'] === "default-src 'none'; sandbox" && headers['cache-control'] === 'no-store',
       'a picture is a picture, runs nothing, and stays nowhere');
  must(await refused(first, where(a, 'image') + '&whole=1') === 403, 'nobody sees a picture without masks while the committee is not asked');
  must((await fetch(base + where(a, 'image'), {redirect: 'manual'})).status === 303, 'strangers see none');
  await first.go(where(a));
  await first.page.keyboard.press('+');
  await first.page.keyboard.press('+');
  await first.page.keyboard.press('ArrowRight');
  must(/scale\(1\.5625\)/.test(await first.page.locator('#pimg').getAttribute('style')), 'the keys + and arrows look closer');
  await first.page.keyboard.press('0');
  must(/scale\(1\)/.test(await first.page.locator('#pimg').getAttribute('style')), 'and 0 shows it whole');

  console.log('Two people, each blind');
  await look(first, where(a), 'first-look');
  await decide(first, a, '1');
  must(!(await first.has(form('/desk/paper/look'))), 'who has decided cannot decide again');
  const second = await centre.person('typist-2');
  await look(second, where(a), 'second-look');
  const blind = await second.page.content();
  must(!/typist-1|readers|‰/.test(blind) && !(await second.has('main input:checked:not(#keys)')), 'the second person sees neither the first one\'s decision nor the machine\'s');
  await decide(second, a, '1');
  must(/두 사람 일치/.test(await second.text()) && await second.has('#readers'), 'they agree; now both readers\' views can be seen');
  await decide(first, b, '1');
  await decide(second, b, 'a');
  must(/셋째 사람/.test(await second.text()), 'they differ');
  const third = await centre.person('reader');
  await look(third, where(b), 'third-look');
  const blindThird = await third.page.content();
  const seen = blindThird.match(/.{0,80}(typist-[12]|‰).{0,80}/)?.[0];
  must(!seen, seen ? `the third person sees: ${seen}` : 'the third person is blind, too');
  await decide(third, b, 'a');
  must(/셋째 사람이 확정/.test(await third.text()), 'the third settles it');
  for (const at of rest) {
    await decide(first, at, 'a');
    await decide(second, at, 'a');
  }

  console.log('Somebody objects; the committee votes');
  const observer = await centre.person('observer-1');
  await observer.go(where(a));
  must(!(await observer.has(form('/desk/paper/look'))), 'an observer decides nothing');
  await observer.page.locator('#object summary').click();
  await observer.page.fill('#object textarea', '도장이 두 칸에 걸쳐 있습니다. <b>');
  await observer.leaves(() => observer.page.locator('#object button').click());
  must(/위원회 의결 대기/.test(await observer.text()), 'an observer\'s objection brings it before the committee');
  const chair = await centre.person('chair');
  await look(chair, where(a), 'committee');
  must(await refused(chair, where(a, 'image') + '&whole=1') === 200, 'now the committee may see the picture without masks');
  must(await refused(observer, where(a, 'image') + '&whole=1') === 403, 'and nobody else');
  const vote = chair.page.locator(form('/desk/paper/vote'));
  await vote.locator('[name=question][value=valid]').check();
  await vote.locator('[name=reason]').selectOption('across-two');
  await vote.locator('[name=for]').fill('3');
  await vote.locator('[name=against]').fill('3');
  await vote.locator('[name=chair]').selectOption('against');
  await chair.leaves(() => vote.locator('button').click());
  must(/무효: 두 칸에 걸쳐/.test(await chair.text()) && /부결, 위원장 결정/.test(await chair.text()), 'a tie; the chair decides; the paper is invalid');
  await look(chair, where(a), 'decided');
  await look(first, `/desk/paper/queue?batch=${stack}`, 'queue-done');
  await look(first, `/desk/paper/piles?batch=${stack}`, 'piles');
  const piles = await first.page.$$eval('main table', tables => [...tables[0].rows].slice(1).map(row => [...row.cells].map(cell => cell.innerText.trim())));
  const [all] = piles.filter(row => row[0] === '모두');
  must(all[3] === String(kPapers) && piles.find(row => row[0] === '아직 결정되지 않음')[2] === '0', 'every paper lies in one pile, none is left');
  must(piles.find(row => row[0] === '무효')[2] === String(ballots.length), 'people called them all invalid');
  const unit = (await first.text()).match(/u\d{5}/)[0];
  const outcome = readFileSync(`${folder}/decisions/outcome.jsonl`, 'utf8').trim().split('\n').map(JSON.parse);
  const how = outcome.map(line => line.contests[0].how);
  must(how.filter(one => one === 'committee').length === 1 && how.filter(one => one === 'settled').length === 1 &&
       how.filter(one => one === 'agreed').length === ballots.length - 2, 'the batch holds how each was decided');

  console.log('Papers that the machine counted: anybody present looks through them, and objects');
  const fullest = piles.filter(row => /^\d+ /.test(row[0])).map((row, at) => ({at, votes: Number(row[1])})).sort((x, y) => y.votes - x.votes)[0];
  await look(observer, `/desk/paper/pile?batch=${stack}&contest=0&option=${fullest.at}`, 'pile');
  const cards = await observer.page.$$eval('.pcs a', links => links.map(link => link.getAttribute('href')));
  must(cards.length === fullest.votes && (await observer.page.$$('.pcs img')).length === fullest.votes,
       `the pile holds as many papers as its count says: ${cards.length}, ${fullest.votes}`);
  await observer.go(cards[0]);
  must(await observer.has('#object textarea'), 'each of them can be objected to');
  must(await refused(observer, `/desk/paper/pile?batch=${stack}&contest=0&option=99`) === 404, 'there is no such pile');

  console.log('The machine itself: what it said, what people looked at, what nobody did');
  await look(observer, '/desk/paper/machines', 'machines');
  must(/d001\/sorter-1/.test(await observer.text()), 'the machine is listed');
  await observer.page.locator('main h2 a').first().click();
  await observer.page.waitForURL(/machine=/);
  must(/스스로|진술/.test(await observer.text()) && /읽을 도구가 없었음/.test(await observer.text()),
       'its statement stands beside what nobody looked at, and why');
  await look(observer, observer.page.url().slice(base.length), 'machine');

  console.log('What the log is told');
  await look(chair, `/desk/paper/piles?batch=${stack}`, 'record-vote');
  const told = await chair.page.locator('form[data-sign] textarea').inputValue();
  must(/^scrutineer\/committee-vote\/1\n/.test(told) && !told.includes(a.ballot) && !/"L\d"/.test(told),
       'the committee\'s vote is a record; it names neither the paper nor whom it was for');
  await chair.sign('/desk/paper/sign');
  const decisions = await chair.page.locator('form[data-sign] textarea').inputValue();
  must(/^scrutineer\/adjudication\/1\n/.test(decisions) && decisions.includes(`"decided_by_people":${ballots.length}`),
       'then what people decided, under one root');
  await look(chair, `/desk/paper/piles?batch=${stack}`, 'record-adjudication');
  await chair.sign('/desk/paper/sign');
  must(/로그에 있습니다/.test(await chair.text()), 'it is in the log');
  await first.go(`/desk/paper/piles?batch=${stack}`);
  must(!(await first.has('form[data-sign]')), 'nobody but the chair signs it');

  console.log('The machine\'s column of the sheet');
  const sorted = piles.filter(row => /^\d+ /.test(row[0])).map(row => row[1]);
  await first.go(`/desk/entry?unit=${unit}&contest=LIST&section=1`);
  const filled = await first.page.$$eval('main input[name^="machine/"]', inputs => inputs.map(input => input.value));
  must(filled.join() === [...sorted, String(ballots.length)].join(), `it is filled from the batch: ${filled}`);
  await look(first, `/desk/entry?unit=${unit}&contest=LIST&section=1`, 'entry');
  const hand = await first.page.$$eval('main input[name^="hand/"]', inputs => inputs.length);
  must(hand === 0, 'people\'s columns stand on a page of their own');
  const figures = {electors: '900', ballots_issued: String(kPapers), ballots_cast: String(kPapers), invalid: String(ballots.length),
                   valid: String(kPapers - ballots.length), 'machine/to_recheck': String(ballots.length)};
  sorted.forEach((count, i) => {
    figures[`machine/sorted/${i + 1}`] = figures[`hand/from_sorted/${i + 1}`] = figures[`votes/${i + 1}`] = count;
    figures[`hand/from_recheck/${i + 1}`] = '0';
  });
  await first.type(unit, {...figures, 'hand/from_recheck/1': '1'});
  must(await first.has(form('/desk/entry/confirm')) || /고치|확인/.test(await first.text()), 'a hand column that does not fit is questioned');
  must(!(await first.has(form('/desk/entry/sign'))), 'before it can be signed');
  await first.enter(unit, figures);
  must(/보관되었습니다/.test(await first.text()), 'one that fits is signed');

  console.log('Anybody checks it');
  let listed;
  await until('the public pages list the machine', 20, async () => {
    listed = await get(`${demo.urls[2]}/ko/machines.html`);
    return listed.status === 200 && /d001\/sorter-1/.test(listed.text);
  });
  const machine = await get(`${demo.urls[2]}/ko/${listed.text.match(/href="(machine\/[0-9a-f]+\.html)"/)[1]}`);
  must(/허용 목록과 다른 것/.test(machine.text) && /읽을 도구가 없었음/.test(machine.text), 'what it could transmit with, and what nobody looked at, is public');
  await until('scrutineer-verify says VERIFIED, and counts batch, vote and decisions', 60, async () => {
    const checked = run(verifier, [`${dir}/bundle`, '--trust', `${dir}/trust`]);
    return checked.code === 0 && /VERIFIED/.test(checked.out) && /ok +3 +scanned papers/.test(checked.out);
  });

  if (centre.problems.length) throw new Error(centre.problems.join('\n'));
} catch (error) {
  console.error(`\nFAILED: ${error.stack}\n${centre.problems.join('\n')}`);
  for (const context of centre.browser?.contexts() ?? [])
    for (const page of context.pages())
      console.error(`--- ${page.url()}\n${(await page.locator('main').innerText().catch(() => '')).slice(0, 500)}`);
  process.exitCode = 1;
} finally {
  await centre.close().catch(() => {});
  await stop(demo.child);
}
process.exit();

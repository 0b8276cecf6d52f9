// What people read while something is signed, in the language of the page.

/** @typedef {{ko: string, en: string}} Sentence */

/** @type {Record<string, Sentence>} */
export const WORDS = {
  legend: {ko: '무엇으로 서명합니까?', en: 'What do you sign with?'},
  agent: {ko: '이 컴퓨터의 서명 프로그램 (보안토큰)', en: 'The signing program on this computer (token)'},
  pin: {ko: 'PIN 또는 암호', en: 'PIN or passphrase'},
  pin_hint: {
    ko: '서명 프로그램의 창에 입력하게 되어 있으면 비워 두십시오.',
    en: 'Leave it empty where the signing program asks for it in its own window.',
  },
  file: {ko: '키 파일', en: 'A key file'},
  file_label: {ko: '키 파일 고르기', en: 'Choose the key file'},
  file_hint: {
    ko: '파일은 이 페이지의 메모리에만 있고, 페이지를 떠나면 지워집니다.',
    en: 'It stays in this page’s memory only and is gone when you leave the page.',
  },
  browser: {ko: '이 브라우저에 보관된 키', en: 'The key held by this browser'},
  looking: {ko: '서명을 준비하고 있습니다…', en: 'Getting ready to sign…'},
  waiting: {
    ko: '서명 프로그램의 창에서 내용을 확인하십시오…',
    en: 'Check in the signing program’s window what is to be signed…',
  },
  signed: {ko: '서명했습니다. 보내는 중입니다…', en: 'Signed. Sending…'},

  own_computer: {ko: '이 컴퓨터는 저만 사용합니다', en: 'This is my own computer'},
  own_computer_hint: {
    ko: '함께 쓰는 컴퓨터에는 키를 보관하지 마십시오.',
    en: 'Never keep a key on a computer that others use.',
  },
  key_name: {ko: '키 이름 (역할, 예: jongno/member-3)', en: 'Name of the key (a role, such as jongno/member-3)'},
  make_key: {ko: '이 브라우저에 키 만들기', en: 'Make a key in this browser'},
  forget_key: {ko: '이 브라우저의 키 지우기', en: 'Remove this browser’s key'},
  key_made: {
    ko: '키를 만들었습니다. 아래 한 줄을 조정 담당자에게 전하십시오. 비밀이 아닙니다.',
    en: 'The key is made. Give the line below to the coordinator. It is no secret.',
  },
  key_gone: {ko: '이 브라우저의 키를 지웠습니다.', en: 'This browser’s key is removed.'},
  vkey: {ko: '검증 키', en: 'Verifier key'},
};

/** @type {Record<string, Sentence>} */
export const TROUBLES = {
  'no-agent': {
    ko: '서명 프로그램에 닿을 수 없습니다. scrutineer agent를 시작하고, 브라우저가 물으면 이 컴퓨터에 대한 접근을 허용하십시오.',
    en: 'The signing program could not be reached. Start scrutineer agent, and allow access to this computer where the browser asks.',
  },
  'no-file': {ko: '키 파일을 고르십시오.', en: 'Choose the key file.'},
  'not-a-key-file': {ko: '이 파일은 Scrutineer의 키 파일이 아닙니다.', en: 'This is no key file of Scrutineer.'},
  'needs-agent': {
    ko: '암호로 보호된 키 파일은 이 페이지에서 열 수 없습니다. scrutineer agent --key 로 여십시오.',
    en: 'A key file under a passphrase cannot be opened in a page. Open it with scrutineer agent --key.',
  },
  'no-browser-key': {ko: '이 브라우저에는 키가 없습니다.', en: 'This browser holds no key.'},
  'browser-key-there': {
    ko: '이 브라우저에는 이미 키가 있습니다. 키는 덮어쓰지 않습니다.',
    en: 'This browser holds a key already. Keys are never overwritten.',
  },
  'not-own-computer': {
    ko: '함께 쓰는 컴퓨터에는 키를 보관할 수 없습니다.',
    en: 'A key is kept only on a computer that is yours alone.',
  },
  'bad-name': {
    ko: '키 이름에는 빈칸이나 +를 쓸 수 없습니다.',
    en: 'A key’s name has no spaces and no +.',
  },
  'browser-too-old': {
    ko: '이 브라우저는 이 종류의 키(Ed25519)로 서명할 수 없습니다. scrutineer agent를 쓰십시오.',
    en: 'This browser cannot sign with this kind of key (Ed25519). Use scrutineer agent.',
  },
  'not-secure': {
    ko: '이 페이지가 https로 열리지 않아 서명할 수 없습니다.',
    en: 'This page did not come over https, so nothing can be signed.',
  },
  'bad-signature': {
    ko: '서명이 이 내용과 맞지 않아 보내지 않았습니다.',
    en: 'The signature does not fit this text. Nothing was sent.',
  },
  failed: {ko: '서명하지 못했습니다.', en: 'It could not be signed.'},
};

/** A reason for a person; `code` is for programs. */
export class SignError extends Error {
  /** @param {string} code @param {Sentence} [sentence] */
  constructor(code, sentence) {
    super(code);
    this.code = code;
    this.sentence = sentence ?? TROUBLES[code] ?? TROUBLES.failed;
  }
}

/** @param {Document} document @returns {'ko' | 'en'} */
export function languageOf(document) {
  return document.documentElement.lang.toLowerCase().startsWith('ko') ? 'ko' : 'en';
}

// A key that this browser makes and holds: WebCrypto, not extractable, in IndexedDB, and only on a computer that the
// person says is theirs alone.
import {ED25519, isKeyName, makeVkey, P256, signWith, verifies} from './sign-note.js';
import {SignError} from './sign-words.js';

const DATABASE = 'scrutineer-key';
const STORE = 'keys';
const ONLY = 'only'; // one key a browser: a second one would be a second person

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** @template T @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest<T>} act */
async function withStore(mode, act) {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  const database = await done(opening);
  try {
    const transaction = database.transaction(STORE, mode);
    const finished = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
    const result = await done(act(transaction.objectStore(STORE)));
    await finished;
    return result;
  } finally {
    database.close();
  }
}

async function makePair() {
  try {
    const pair = /** @type {CryptoKeyPair} */ (await crypto.subtle.generateKey({name: 'Ed25519'}, false, ['sign', 'verify']));
    return {type: ED25519, pair, format: 'raw'};
  } catch {
    // Browsers that do not know Ed25519 yet.
    const pair = await crypto.subtle.generateKey({name: 'ECDSA', namedCurve: 'P-256'}, false, ['sign', 'verify']);
    return {type: P256, pair, format: 'spki'};
  }
}

/** The key's vkey, or null. @returns {Promise<import('./sign-note.js').VerifierKey | null>} */
export async function browserKey() {
  if (!globalThis.indexedDB || !globalThis.crypto?.subtle) return null;
  const found = await withStore('readonly', (store) => store.get(ONLY)).catch(() => null);
  return found ? makeVkey(found.name, found.type, found.publicKey) : null;
}

/**
 * Makes the key. Whoever grants it something is given `.text` of what this returns.
 * @param {string} name @param {{ownComputer: boolean}} consent
 */
export async function makeBrowserKey(name, {ownComputer}) {
  if (!ownComputer) throw new SignError('not-own-computer');
  if (!globalThis.crypto?.subtle) throw new SignError('not-secure');
  if (!isKeyName(name)) throw new SignError('bad-name');
  const {type, pair, format} = await makePair();
  const publicKey = new Uint8Array(await crypto.subtle.exportKey(/** @type {any} */ (format), pair.publicKey));
  await withStore('readwrite', (store) => store.add({name, type, publicKey, privateKey: pair.privateKey}, ONLY)).catch(() => {
    throw new SignError('browser-key-there');
  });
  // Asks the browser not to drop it when the disk fills up; it may say no.
  await navigator.storage?.persist?.().catch(() => false);
  return makeVkey(name, type, publicKey);
}

export async function forgetBrowserKey() {
  await withStore('readwrite', (store) => store.delete(ONLY));
}

export function browserKeySigner() {
  const found = async () => {
    const row = await withStore('readonly', (store) => store.get(ONLY)).catch(() => null);
    if (!row) throw new SignError('no-browser-key');
    return {vkey: await makeVkey(row.name, row.type, row.publicKey), key: row.privateKey};
  };
  return {
    async vkey() {
      return (await found()).vkey;
    },
    /** @param {string} text */
    async sign(text) {
      const {vkey, key} = await found();
      const made = await signWith(key, vkey, text);
      if ((await verifies(vkey, text, made)) !== true) throw new SignError('bad-signature');
      return made;
    },
  };
}

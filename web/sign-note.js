// Names, key ids and signature lines of signed notes (docs/formats/note.md), as src/core/note has them.
import {SignError} from './sign-words.js';

export const ED25519 = 0x01;
export const P256 = 0x02;

/** @typedef {{name: string, type: number, key: Uint8Array, keyId: string, text: string}} VerifierKey */
/** `signature`: base64, without the key id. @typedef {{name: string, keyId: string, signature: string}} NoteSignature */

const utf8 = new TextEncoder();

/** @param {Uint8Array} bytes */
export function toHex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @param {Uint8Array} bytes */
export function toBase64(bytes) {
  return btoa(String.fromCharCode(...bytes));
}

/** Canonical base64 only. @param {string} text @returns {Uint8Array | null} */
export function fromBase64(text) {
  try {
    const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    return toBase64(bytes) === text ? bytes : null;
  } catch {
    return null;
  }
}

/** @param {...Uint8Array} parts */
function join(...parts) {
  const out = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** 1 to 255 bytes, no Unicode White_Space, no control character, no '+'. @param {string} name */
export function isKeyName(name) {
  const size = utf8.encode(name).length;
  return size > 0 && size <= 255 && !/[\p{White_Space}\u0000-\u0020\u007f+]/u.test(name);
}

/** For P-256, as C2SP signed-note has it, the hash of the public key alone. */
async function keyIdOf(/** @type {string} */ name, /** @type {number} */ type, /** @type {Uint8Array} */ key) {
  const hashed = type === P256 ? key : join(utf8.encode(name), Uint8Array.of(0x0a, type), key);
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', hashed)).subarray(0, 4));
}

/** @param {string} name @param {number} type @param {Uint8Array} key @returns {Promise<VerifierKey>} */
export async function makeVkey(name, type, key) {
  if (!isKeyName(name)) throw new SignError('bad-name');
  const keyId = await keyIdOf(name, type, key);
  return {name, type, key, keyId, text: `${name}+${keyId}+${toBase64(join(Uint8Array.of(type), key))}`};
}

/** @param {string} text @returns {Promise<VerifierKey | null>} */
export async function parseVkey(text) {
  const first = text.indexOf('+');
  const second = text.indexOf('+', first + 1);
  if (first < 0 || second < 0) return null;
  const name = text.slice(0, first);
  const typed = fromBase64(text.slice(second + 1));
  const sizes = {[ED25519]: 33, [P256]: 92};
  if (!typed || !isKeyName(name) || sizes[typed[0]] !== typed.length) return null;
  const vkey = await makeVkey(name, typed[0], typed.subarray(1));
  return vkey.text === text ? vkey : null;
}

/** The shortest two's complement (X.690 section 8.3). @param {Uint8Array} number */
function derInteger(number) {
  let start = 0;
  while (start < number.length - 1 && number[start] === 0) ++start;
  const shortest = number.subarray(start);
  const content = shortest[0] >= 0x80 ? join(Uint8Array.of(0), shortest) : shortest;
  return join(Uint8Array.of(0x02, content.length), content);
}

/** WebCrypto's r || s as notes hold it: ASN.1 DER. @param {Uint8Array} raw */
export function derOfRaw(raw) {
  const both = join(derInteger(raw.subarray(0, 32)), derInteger(raw.subarray(32)));
  return join(Uint8Array.of(0x30, both.length), both);
}

/** And back, for verifying. @param {Uint8Array} der @returns {Uint8Array | null} */
function rawOfDer(der) {
  const raw = new Uint8Array(64);
  let at = 2;
  for (const end of [32, 64]) {
    const size = der[at + 1];
    let number = der.subarray(at + 2, at + 2 + size);
    if (number.length > 32) number = number.subarray(number.length - 32);
    raw.set(number, end - number.length);
    at += 2 + size;
  }
  return toHex(derOfRaw(raw)) === toHex(der) ? raw : null;
}

const ALGORITHMS = {
  [ED25519]: {format: 'raw', name: {name: 'Ed25519'}, how: {name: 'Ed25519'}},
  [P256]: {format: 'spki', name: {name: 'ECDSA', namedCurve: 'P-256'}, how: {name: 'ECDSA', hash: 'SHA-256'}},
};

/** With a private key of WebCrypto. @param {CryptoKey} key @param {VerifierKey} vkey @param {string} text */
export async function signWith(key, vkey, text) {
  const raw = new Uint8Array(await crypto.subtle.sign(ALGORITHMS[vkey.type].how, key, utf8.encode(text)));
  const signature = vkey.type === P256 ? derOfRaw(raw) : raw;
  return {name: vkey.name, keyId: vkey.keyId, signature: toBase64(signature)};
}

/**
 * True or false; null where this browser does not know that kind of key: the server will say.
 * @param {VerifierKey} vkey @param {string} text @param {NoteSignature} made
 */
export async function verifies(vkey, text, made) {
  const bytes = fromBase64(made.signature);
  const signature = bytes && vkey.type === P256 ? rawOfDer(bytes) : bytes;
  if (!signature || made.name !== vkey.name || made.keyId !== vkey.keyId) return false;
  const {format, name, how} = ALGORITHMS[vkey.type];
  let key;
  try {
    key = await crypto.subtle.importKey(/** @type {any} */ (format), vkey.key, name, false, ['verify']);
  } catch {
    return null;
  }
  return crypto.subtle.verify(how, key, signature, utf8.encode(text));
}

/** "— name base64(key id || signature)" LF, as it stands under a note. @param {NoteSignature} made */
export function signatureLine(made) {
  const id = Uint8Array.from(made.keyId.match(/../g) ?? [], (digits) => parseInt(digits, 16));
  return `\u2014 ${made.name} ${toBase64(join(id, fromBase64(made.signature) ?? new Uint8Array()))}\n`;
}

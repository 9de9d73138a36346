// The calls of the page; the key travels in a header and stands in no address.

const KEY = 'mock-custify.key';
const KNOWN = 'mock-custify.keys';
const PAGE = '/_mock/ui/api';

/** Return the key of the workspace that is shown. */
export function key() {
  return stored(KEY) ?? 'demo-key';
}

/** Return the keys used on this browser, the newest first. */
export function knownKeys() {
  try {
    const known = JSON.parse(stored(KNOWN) ?? '[]');
    return Array.isArray(known) ? known.filter((name) => typeof name === 'string') : [];
  } catch {
    return [];
  }
}

/** Show the workspace of another key from now on. */
export function useKey(name) {
  store(KEY, name);
  store(KNOWN, JSON.stringify([name, ...knownKeys().filter((known) => known !== name)].slice(0, 10)));
}

function stored(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function store(name, text) {
  try {
    localStorage.setItem(name, text);
  } catch {
    // A browser that keeps nothing forgets the key with the page; everything else works.
  }
}

/** Why a call failed: `status` is 0 when the server did not answer. */
export class CallError extends Error {
  constructor(text, status) {
    super(text);
    this.status = status;
  }
}

/** Return the answer of a call as JSON; throw CallError with the server's words. */
export async function call(method, path, body, signal) {
  const response = await send(method, path, { Authorization: bearer() }, body, signal);
  const text = await response.text();
  if (!response.ok) throw new CallError(words(text) || `the server answered ${response.status}`, response.status);
  return text ? JSON.parse(text) : null;
}

/** Return the answer of a call that only the page makes. */
export function page(path, query = {}, signal = undefined) {
  const given = Object.entries(query).filter(([, value]) => value !== '' && value !== null && value !== undefined);
  const text = new URLSearchParams(given).toString();
  return call('GET', `${PAGE}/${path}${text ? `?${text}` : ''}`, undefined, signal);
}

/** Return the answer of a POST that only the page makes. */
export function pagePost(path, body, signal = undefined) {
  return call('POST', `${PAGE}/${path}`, body, signal);
}

/** Send a message as an SDK does; throw CallError with the gateway's words. */
export async function sendMessage(message) {
  const headers = { Authorization: `Basic ${base64(`${key()}:`)}` };
  const response = await send('POST', '/v1/batch', headers, { batch: [message] });
  const text = await response.text();
  if (!response.ok) throw new CallError(text || `the server answered ${response.status}`, response.status);
}

/** Return the open stream of what happens. */
export function listen(signal) {
  return send('GET', '/_mock/ui/events', { Authorization: bearer() }, undefined, signal);
}

async function send(method, path, headers, body, signal) {
  const json = body === undefined ? {} : { 'Content-Type': 'application/json' };
  try {
    return await fetch(path, {
      method, signal, cache: 'no-store', credentials: 'omit', headers: { ...headers, ...json },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new CallError('the server does not answer: is mock-custify still running?', 0);
  }
}

function bearer() {
  return `Bearer ${latin(key())}`;
}

// A header holds bytes, so a key outside ASCII goes as its UTF-8 bytes.
function latin(text) {
  return String.fromCharCode(...new TextEncoder().encode(text));
}

function base64(text) {
  return btoa(latin(text));
}

function words(text) {
  try {
    const answer = JSON.parse(text);
    return typeof answer?.error === 'string' ? answer.error : text;
  } catch {
    return text;
  }
}

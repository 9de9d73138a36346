// What happens in the workspace, as it happens: read from the server's stream, told to the views.

import { CallError, key, listen } from './api.js';

const AGAIN = 2000;

export const feed = new EventTarget();
export let counts = {};

let open = null;

/** Listen to the workspace of the key, in place of any other. */
export function start() {
  stop();
  open = new AbortController();
  keepListening(open.signal);
}

/** Listen no more. */
export function stop() {
  open?.abort();
  counts = {};
}

async function keepListening(signal) {
  while (!signal.aborted) {
    try {
      await listenOnce(signal);
    } catch (error) {
      if (signal.aborted) return;
      tell('state', { state: error.status === 401 ? 'refused' : 'lost', text: error.message });
      if (error.status === 401) return;
    }
    await new Promise((done) => { setTimeout(done, AGAIN); });
  }
}

async function listenOnce(signal) {
  const response = await listen(signal);
  if (!response.ok) {
    const answer = await response.json().catch(() => ({}));
    throw new CallError(answer.error ?? `the server answered ${response.status}`, response.status);
  }
  tell('state', { state: 'live', text: `live: ${key()}` });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    const parts = (rest + piece.value).split('\n\n');
    rest = parts.pop();
    parts.forEach(take);
  }
  throw new CallError('the server ended the connection', 0);
}

function take(part) {
  const fields = Object.fromEntries(part.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
  if (!fields.event) return;
  const data = JSON.parse(fields.data);
  if (fields.event === 'counts') counts = data;
  tell(fields.event, data);
}

function tell(name, data) {
  feed.dispatchEvent(new CustomEvent(name, { detail: data }));
}

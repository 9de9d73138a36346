// The journal: what was asked of the Custify API and what it answered; each call can be copied as curl.

import { call } from './api.js';
import { announce, badge, calmly, counted, empty, fill, h, heading, jsonBlock, moment } from './dom.js';
import { feed } from './feed.js';

const SHOWN = 200;
const METHODS = ['', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const STATUSES = ['', '2xx', '4xx', '5xx'];

/** Show the newest calls that pass the filters. */
export async function show(main, _rest, life) {
  const method = choice('Method', METHODS);
  const status = choice('Status', STATUSES);
  const path = h('input', { type: 'search', placeholder: '/people*', 'aria-label': 'Path; * stands for any text', autocomplete: 'off', spellcheck: 'false' });
  const place = h('div', {});
  const summary = h('p', { class: 'quiet', role: 'status' });
  const open = new Set();
  let seen = '';

  const load = async () => {
    const query = { method: method.value, status: status.value, path: path.value.trim(), limit: SHOWN };
    const given = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''));
    const journal = await call('GET', `/_mock/requests?${given}`);
    const mark = `${given}|${journal.total}|${journal.requests.at(-1)?.number}`;
    if (life.aborted || mark === seen) return;
    seen = mark;
    summary.textContent = summaryOf(journal, Boolean(query.method || query.status || query.path));
    if (!journal.requests.length) fill(place, nothing(journal));
    else fill(place, h('ol', { class: 'journal', reversed: true }, journal.requests.toReversed().map((entry) => item(entry, open))));
  };
  const safely = () => load().catch((error) => fill(place, empty('The filter does not fit', error.message)));
  [method, status].forEach((field) => field.addEventListener('change', safely));
  path.addEventListener('input', calmly(safely, 150));
  feed.addEventListener('counts', calmly(() => { if (!life.aborted) safely(); }, 200), { signal: life });
  const forget = h('button', { type: 'button', onclick: async () => { await call('DELETE', '/_mock/requests'); announce('The journal is empty.'); safely(); } }, 'Forget all');
  fill(main, heading('Requests', 'Every call of the Custify API in this workspace, without any key.', h('div', { class: 'filters' }, method, path, status, forget)), summary, place);
  await load();
}

function choice(name, values) {
  return h('select', { 'aria-label': name }, values.map((value) => h('option', { value }, value || `any ${name.toLowerCase()}`)));
}

function summaryOf(journal, isFiltered) {
  const lost = journal.forgotten ? `; the oldest ${journal.forgotten.toLocaleString('en')} are no longer kept` : '';
  const shown = isFiltered || journal.requests.length < journal.total ? `${journal.requests.length.toLocaleString('en')} shown of ` : '';
  return `${shown}${counted(journal.total, 'call', 'calls')}${lost}`;
}

function nothing(journal) {
  if (journal.total) return empty('No call fits the filters');
  return empty('No call has been made yet', ['Send a message from ', h('a', { href: '#/try' }, 'Try it'), ', or point a Custify client at ', h('code', {}, location.origin), '.']);
}

function item(entry, open) {
  const query = new URLSearchParams(entry.query).toString();
  const target = `${entry.path}${query ? `?${query}` : ''}`;
  const details = h('details', { ontoggle: (event) => (event.target.open ? open.add(entry.number) : open.delete(entry.number)) },
    h('summary', {}, h('span', { class: `method is-${entry.method.toLowerCase()}` }, entry.method), h('code', { class: 'target' }, target),
      badge(entry.status, entry.status < 300 ? 'good' : entry.status < 500 ? 'warn' : 'bad'), entry.fault && badge('fault', 'note'),
      h('span', { class: 'quiet when' }, moment(entry.at), ` · ${entry.milliseconds.toFixed(1)} ms`)),
    h('div', { class: 'call' }, part('Request', entry.body), part('Answer', entry.answer),
      entry.cut && h('p', { class: 'quiet' }, 'A long body was cut.'), copyButton(entry, target)));
  details.open = open.has(entry.number);
  return h('li', { value: entry.number }, details);
}

function part(name, value) {
  return h('div', {}, h('h3', {}, name), value === null ? h('p', { class: 'quiet' }, 'no body') : jsonBlock(value, name));
}

function copyButton(entry, target) {
  const said = h('span', { class: 'quiet', role: 'status' });
  const copy = async () => {
    const text = curl(entry, target);
    try {
      await navigator.clipboard.writeText(text);
      said.textContent = ' copied; put your key in place of KEY';
    } catch {
      fill(said, h('code', {}, text));
    }
  };
  return h('p', {}, h('button', { type: 'button', onclick: copy }, 'Copy as curl'), said);
}

/** Return a call as a command for a POSIX shell. */
export function curl(entry, target) {
  const quoted = (text) => `'${String(text).replaceAll("'", "'\\''")}'`;
  const body = entry.body === null ? [] : ["-H 'Content-Type: application/json'", `-d ${quoted(typeof entry.body === 'string' ? entry.body : JSON.stringify(entry.body))}`];
  return [`curl -X ${entry.method} ${quoted(location.origin + target)}`, "-H 'Authorization: Bearer KEY'", ...body].join(' \\\n  ');
}

// The journal: what was asked of the Custify API and what it answered; each call can be copied as curl.

import { call, page } from './api.js';
import { announce, badge, empty, fill, h, heading, jsonBlock, moment } from './dom.js';
import { backTo, neighbours, showList } from './list.js';
import { pane } from './outcome.js';

const METHODS = ['', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const STATUSES = ['', '2xx', '4xx', '5xx'];

/** Show the list of calls, or the one whose number is in the address. */
export function show(main, [number], life, query) {
  return number ? showCall(main, number) : showList(main, ABOUT, query, life);
}

const ABOUT = {
  title: 'Requests', lead: 'All calls of the Custify API in this workspace. API keys are hidden.', path: 'requests', one: 'call', many: 'calls',
  placeholder: 'Search: id, email, path, text of a body',
  columns: [
    { field: 'number', title: '#', number: true, unsorted: true, css: 'first' },
    { field: 'at', title: 'Time', label: '', unsorted: true, show: (row) => moment(row.at) },
    { field: 'method', title: 'Method', label: '', unsorted: true, show: (row) => method(row.method) },
    { field: 'target', title: 'Path', label: '', unsorted: true, wide: true, show: (row) => h('code', { class: 'target' }, row.target) },
    { field: 'who', title: 'Who', unsorted: true },
    { field: 'what', title: 'What', unsorted: true },
    { field: 'status', title: 'Status', label: '', unsorted: true, show: (row) => [statusBadge(row), row.fault && [' ', badge('fault', 'note')]] },
    { field: 'milliseconds', title: 'ms', number: true, unsorted: true, show: (row) => row.milliseconds.toFixed(1) },
    { field: 'message', title: 'Message', unsorted: true, show: (row) => messageLink(row) },
  ],
  rowName: (row) => `request ${row.number}`,
  filters: (state, _table, set) => [choice('Method', 'method', METHODS, state, set), choice('Status', 'status', STATUSES, state, set),
    h('input', {
      type: 'text', placeholder: 'Path, such as /people*', 'aria-label': 'Path; * is any text', value: state.path ?? '', spellcheck: 'false', autocomplete: 'off', 'data-focus': 'path',
      onchange: (event) => set({ path: event.target.value.trim() }),
    })],
  actions: (reload) => h('button', { type: 'button', onclick: async () => { await call('DELETE', '/_mock/requests'); announce('The journal is empty.'); reload(); } }, 'Empty the journal'),
  nothing: () => empty('No call has been made yet', ['Send a message from ', h('a', { href: '#/try' }, 'Try it'), ', or point a Custify client at ', h('code', {}, location.origin), '.']),
};

function choice(name, field, values, state, set) {
  return h('select', { 'aria-label': name, 'data-focus': field, onchange: (event) => set({ [field]: event.target.value }) },
    values.map((value) => h('option', { value, selected: value === (state[field] ?? '') }, value || `any ${name.toLowerCase()}`)));
}

function method(name) {
  return h('span', { class: `method is-${name.toLowerCase()}` }, name);
}

/** Return the status of a call in its colour. */
export function statusBadge({ status }) {
  return badge(status, status < 300 ? 'good' : status < 500 ? 'warn' : 'bad');
}

function messageLink({ message }) {
  return message ? h('a', { href: `#/live/${message}` }, `#${message}`) : null;
}

async function showCall(main, number) {
  const data = await page(`requests/${encodeURIComponent(number)}`);
  const { entry } = data;
  fill(main,
    h('p', { class: 'back' }, backTo('requests', 'All requests'), neighbours('requests', data)),
    heading([method(entry.method), ' ', h('code', {}, data.target)], [statusBadge(entry), ' ', data.fault && [badge('fault', 'note'), ' '], data.who, ' ', data.what, ' · ', moment(entry.at), ` · ${entry.milliseconds.toFixed(1)} ms`]),
    h('p', { class: 'quiet' }, data.message ? ['Made by message ', h('a', { href: `#/live/${data.message}` }, `#${data.message}`), '.'] : `Made by a client of the API${entry.headers['User-Agent'] ? `: ${entry.headers['User-Agent']}` : ''}.`),
    h('p', { class: 'copy' }, copyButton(entry, data.target)),
    h('div', { class: 'panes two' }, pane('Answer', String(entry.status), body(entry.answer, 'Answer')), pane('Request', null, body(entry.body, 'Request')),
      entry.cut && h('p', { class: 'quiet' }, 'A long body is cut.')));
}

function body(value, name) {
  return value === null ? h('p', { class: 'quiet' }, 'no body') : jsonBlock(value, name);
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
  return [h('button', { type: 'button', onclick: copy }, 'Copy as curl'), said];
}

/** Return a text as one word of a POSIX shell, in quotes if it needs them. */
export function quoted(text) {
  return /^[\w.:@%+=,-]+$/.test(text) ? text : `'${String(text).replaceAll("'", "'\\''")}'`;
}

/** Return a call as a command for a POSIX shell. */
export function curl(entry, target) {
  const sent = entry.body === null ? [] : ["-H 'Content-Type: application/json'", `-d ${quoted(typeof entry.body === 'string' ? entry.body : JSON.stringify(entry.body))}`];
  return [`curl -X ${entry.method} ${quoted(location.origin + target)}`, "-H 'Authorization: Bearer KEY'", ...sent].join(' \\\n  ');
}

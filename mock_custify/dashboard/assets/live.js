// Messages as they arrive, each with its delivery status; one opens with everything that became of it.

import { key, page } from './api.js';
import { badge, empty, fill, h, heading, jsonBlock, moment } from './dom.js';
import { backTo, neighbours, showList } from './list.js';
import { noticesOf } from './notices.js';
import { associationPane, changePane, nameOf, pane, requestsPane } from './outcome.js';
import { quoted } from './requests.js';

export const STATUSES = { delivered: 'good', filtered: 'quiet', refused: 'bad', aborted: 'bad', retrying: 'warn', waiting: 'warn' };

/** Show the list, or the message whose number is in the address. */
export function show(main, [number], life, query) {
  return number ? showMessage(main, number) : showList(main, ABOUT, query, life);
}

const ABOUT = {
  title: 'Live', lead: 'Messages as they arrive, each with its delivery status.',
  view: 'live', path: 'deliveries', one: 'message', many: 'messages', placeholder: 'Where is my user? Id, email, event…',
  columns: [
    { field: 'number', title: '#', number: true, unsorted: true, css: 'first' },
    { field: 'received_at', title: 'Received', label: '', unsorted: true, show: (row) => moment(row.received_at) },
    { field: 'type', title: 'Type', label: '', unsorted: true, css: 'word', show: (row) => row.type || h('span', { class: 'quiet' }, 'no type') },
    { field: 'who', title: 'Who', label: '', unsorted: true, wide: true },
    { field: 'what', title: 'What', unsorted: true, wide: true },
    { field: 'status', title: 'Delivery status', label: '', unsorted: true, wide: true, css: 'outcome', show: outcome },
  ],
  rowName: (row) => `message ${row.number}`,
  filters,
  above: (table, state) => [noticesOf(table.notices, table.total), state.q ? recordsFound(table, state.q) : null],
  nothing: invitation,
  none: (table, state) => empty(state.q ? `No message matches “${state.q}”` : 'No message matches the filters',
    state.status || state.type ? 'The filters above also hide messages.' : 'No such message arrived with this key. Check the data plane URL and the write key of the SDK.',
    table.forgotten ? `Only the newest ${(table.total - table.forgotten).toLocaleString('en')} messages are kept.` : null),
};

function outcome(row) {
  return [badge(row.status, STATUSES[row.status]), row.reason && h('span', { class: 'reason' }, ` ${row.reason}`),
    row.next_attempt_at && h('span', { class: 'reason' }, ' · next attempt at ', moment(row.next_attempt_at)),
    row.hint && h('span', { class: 'hint' }, row.hint)];
}

function filters(state, table, set) {
  const sum = Object.values(table.statuses).reduce((one, other) => one + other, 0);
  const chip = (status, name, count) => h('button', {
    type: 'button', class: 'chip', 'aria-pressed': String((state.status ?? '') === status), 'data-focus': `status ${status}`, onclick: () => set({ status }),
  }, name, h('span', { class: 'count' }, count.toLocaleString('en')));
  const types = h('select', { 'aria-label': 'Type', 'data-focus': 'type', onchange: (event) => set({ type: event.target.value }) },
    ['', ...new Set([...table.types, ...(state.type ? [state.type] : [])])].map((type) => h('option', { value: type, selected: type === (state.type ?? '') }, type || 'any type')));
  return table.total ? [chip('', 'All', sum), ...Object.keys(STATUSES).filter((status) => table.statuses[status] || state.status === status)
    .map((status) => chip(status, status, table.statuses[status] ?? 0)), types] : null;
}

function recordsFound(table, text) {
  const links = [...table.people.map((one) => ['people', one]), ...table.companies.map((one) => ['companies', one])];
  return h('p', { class: 'on-record' }, links.length ? 'Records found: ' : `No person or company matches “${text}”.`,
    links.map(([path, one], index) => [index ? ', ' : '', h('a', { href: `#/${path}/${one.id}` }, nameOf(one)),
      h('span', { class: 'quiet' }, ` ${[one.user_id, one.email, one.company_id].filter((id) => id && id !== nameOf(one)).join(' · ')}`)]));
}

function invitation() {
  const box = empty('No message has arrived yet',
    ['Point an SDK at this server, with the API key above as its write key. Or try a message in ', h('a', { href: '#/try' }, 'Try it'), '.']);
  box.append(h('pre', { class: 'json', tabindex: '0', role: 'region', 'aria-label': 'Example' },
    `curl -u ${quoted(`${key()}:`)} ${location.origin}/v1/identify \\\n  -H 'Content-Type: application/json' \\\n  -d '{"userId":"u1","traits":{"email":"ada@example.com"}}'`));
  return box;
}

async function showMessage(main, number) {
  const data = await page(`deliveries/${encodeURIComponent(number)}`);
  const { delivery } = data;
  fill(main,
    h('p', { class: 'back' }, backTo('live', 'All messages'), neighbours('live', data)),
    heading(`Message ${number}`, [delivery.type || 'no type', ' ', h('b', {}, delivery.who), ' ', delivery.what, ' · ', moment(delivery.received_at)]),
    conclusion(data),
    h('div', { class: 'panes' }, panesOf(data)));
}

function conclusion({ delivery, conclusion: parts }) {
  return h('div', { class: `conclusion is-${STATUSES[delivery.status]}`, role: 'status' },
    h('p', {}, badge(delivery.status, STATUSES[delivery.status]), ' ', parts.map((part) => (typeof part === 'string' ? part : h('a', { href: `#/${part.to}` }, part.name)))),
    delivery.hint && h('p', { class: 'hint' }, h('b', {}, 'What to do: '), delivery.hint),
    attempts(delivery));
}

function attempts(delivery) {
  const next = delivery.next_attempt_at ? ['; the next one at ', moment(delivery.next_attempt_at)] : [];
  return delivery.attempts > 1 || next.length ? h('p', { class: 'quiet' }, `${delivery.attempts} ${delivery.attempts === 1 ? 'attempt' : 'attempts'} so far`, ...next) : null;
}

function panesOf(data) {
  if (typeof data.message === 'string') return [brokenText(data)];
  return [
    data.change && changePane('What it changed', data.change), sentPane(data.sent),
    requestsPane(data), pane('Message as received', null, jsonBlock(data.message, 'Message as received')),
    associationPane(data.association),
  ];
}

// A body that is not JSON, with the place at which reading ended.
function brokenText({ message, delivery }) {
  const [, unit, given] = delivery.reason.match(/\((character|byte) (\d+)\)/) ?? [];
  const at = given ? placeIn(message, unit, Number(given) - 1) : -1;
  const lines = message.slice(0, Math.max(at, 0)).split('\n');
  const note = at >= 0 ? `line ${lines.length}, character ${lines.at(-1).length + 1}` : null;
  return pane('Text as received', note, h('pre', { class: 'json', tabindex: '0', role: 'region', 'aria-label': 'Text as received' },
    at < 0 ? message : [message.slice(0, at), h('mark', { class: 'wrong', 'aria-label': 'the position of the error' }, message.slice(at, at + 1).trim() || '␣'), message.slice(at + 1)]));
}

function placeIn(text, unit, place) {
  if (unit === 'character') return Math.min(place, text.length);
  let [bytes, letters] = [0, 0];
  for (const letter of text) {
    if (bytes >= place) break;
    bytes += new TextEncoder().encode(letter).length;
    letters += letter.length;
  }
  return letters;
}

function sentPane(sent) {
  if (!sent.length) return null;
  return pane('What was sent', null, h('ol', { class: 'sent' }, sent.map((one) => h('li', {},
    h('details', {}, h('summary', {}, h('code', {}, `${one.method} ${new URL(one.endpoint).pathname}`), ' ',
      badge(one.status || 'no answer', one.status >= 200 && one.status < 300 ? 'good' : 'bad'),
      one.attempt > 1 && h('span', { class: 'quiet' }, ` attempt ${one.attempt}`), ' ', one.error || one.answer?.error || ''),
    jsonBlock(one.body, 'Body'), h('p', { class: 'quiet' }, 'Answer'), jsonBlock(one.answer, 'Answer'),
    one.call ? h('p', {}, h('a', { href: `#/requests/${one.call}` }, `Request ${one.call}`)) : null)))));
}

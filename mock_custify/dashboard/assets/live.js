// Messages as they arrive, each with its fate; one opens with everything that became of it.

import { page } from './api.js';
import { badge, empty, fill, h, heading, jsonBlock, moment } from './dom.js';
import { deliveries, feed } from './feed.js';
import { associationPane, changePane, pane, requestsPane } from './outcome.js';

const TONES = { delivered: 'good', filtered: 'quiet', refused: 'bad', aborted: 'bad', retrying: 'warn', waiting: 'warn' };

/** Show the list, or the message whose number is in the address. */
export function show(main, [number], life) {
  return number ? showMessage(main, number) : showList(main, life);
}

function showList(main, life) {
  const body = h('tbody', {});
  const rows = new Map();
  const waiting = invitation();
  const missed = h('p', { class: 'quiet', hidden: true });
  const table = h('table', { class: 'list' }, h('caption', { class: 'sr-only' }, 'Messages, the newest first'),
    h('thead', {}, h('tr', {}, ['#', 'received', 'type', 'who', 'what', 'fate'].map((text, index) => h('th', { scope: 'col', class: index ? null : 'number' }, text)))), body);
  fill(main, heading('Live', 'Messages as they arrive, and what became of each.'), waiting, missed, h('div', { class: 'scroll' }, table));

  const put = (delivery, isNew) => {
    const line = row(delivery, isNew);
    const known = rows.get(delivery.number);
    if (known) known.replaceWith(line);
    else body.prepend(line);
    rows.set(delivery.number, line);
    while (body.rows.length > 500) body.lastChild.remove();
  };
  const tidy = () => {
    waiting.hidden = rows.size > 0;
    table.hidden = rows.size === 0;
  };
  [...deliveries.values()].sort((one, other) => one.number - other.number).forEach((delivery) => put(delivery, false));
  tidy();
  feed.addEventListener('deliveries', ({ detail }) => {
    detail.rows.forEach((delivery) => put(delivery, true));
    if (detail.missed) {
      missed.hidden = false;
      missed.textContent = `${detail.missed.toLocaleString('en')} messages came too fast to be listed; all were handled.`;
    }
    tidy();
  }, { signal: life });
  feed.addEventListener('restart', () => {
    rows.clear();
    fill(body);
    tidy();
  }, { signal: life });
}

function invitation() {
  const box = empty('No message has arrived yet',
    ['Point an SDK at this server, with the API key above as its write key. Or try a message in ', h('a', { href: '#/try' }, 'Try it'), '.']);
  box.append(h('pre', { class: 'json', tabindex: '0', role: 'region', 'aria-label': 'Example' },
    `curl -u KEY: ${location.origin}/v1/identify \\\n  -d '{"userId":"u1","traits":{"email":"ada@example.com"}}'`));
  return box;
}

function row(delivery, isNew) {
  return h('tr', { class: isNew ? 'is-new' : null, 'data-number': delivery.number },
    h('td', { class: 'number' }, h('a', { href: `#/live/${delivery.number}`, class: 'row-link', 'aria-label': `message ${delivery.number}` }, delivery.number)),
    h('td', {}, moment(delivery.received_at)), h('td', {}, delivery.type || 'no type'), h('td', { class: 'wide' }, delivery.who),
    h('td', { class: 'wide' }, delivery.what), h('td', { class: 'wide' }, badge(delivery.status, TONES[delivery.status]), ' ', h('span', { class: 'reason' }, delivery.reason)));
}

async function showMessage(main, number) {
  const data = await page(`deliveries/${encodeURIComponent(number)}`);
  const { delivery } = data;
  fill(main,
    h('p', { class: 'back' }, h('a', { href: '#/live' }, '← All messages'), step(number, -1, 'Previous'), step(number, 1, 'Next')),
    heading(`Message ${number}`, [badge(delivery.status, TONES[delivery.status]), ' ', delivery.reason, attempts(delivery)]),
    h('div', { class: 'panes' },
      pane('Message as received', null, jsonBlock(data.message, 'Message as received')),
      requestsPane(data), changePane('What it changed', data.change), sentPane(data.sent), associationPane(data.association)));
}

function step(number, by, name) {
  const target = Number(number) + by;
  return deliveries.has(target) ? h('a', { href: `#/live/${target}` }, name) : null;
}

function attempts(delivery) {
  const next = delivery.next_attempt_at ? [', the next one at ', moment(delivery.next_attempt_at)] : [];
  return delivery.attempts > 1 || next.length ? [` · ${delivery.attempts} attempts`, ...next] : null;
}

function sentPane(sent) {
  if (!sent.length) return pane('What was sent', null, empty('No request was made'));
  return pane('What was sent', null, h('ol', { class: 'sent' }, sent.map((one) => h('li', {},
    h('details', {}, h('summary', {}, h('code', {}, `${one.method} ${new URL(one.endpoint).pathname}`), ' ',
      badge(one.status || 'no answer', one.status >= 200 && one.status < 300 ? 'good' : 'bad'),
      one.attempt > 1 && h('span', { class: 'quiet' }, ` attempt ${one.attempt}`), ' ', one.error),
    jsonBlock(one.body, 'Body'), h('p', { class: 'quiet' }, 'Answer'), jsonBlock(one.answer, 'Answer'))))));
}

// What a message becomes: its requests by both profiles, what they change, and the rule of association.

import { badge, empty, fieldName, h, json, scalar } from './dom.js';

const TONES = {
  created: 'good', associated: 'good', changed: 'note', dissociated: 'warn', deleted: 'warn', kept: 'quiet', unchanged: 'quiet',
};

/** Return a part of the page with a heading. */
export function pane(title, note, ...content) {
  return h('section', { class: 'pane' }, h('header', {}, h('h2', {}, title), note && h('span', { class: 'note' }, note)), content);
}

/** Return the requests of both profiles side by side, with the fields that differ marked. */
export function requestsPane(data) {
  const differing = data.comparison.flatMap((pair) => pair.rows).filter((row) => row.differs).length;
  const refused = Object.values(data.refusals).some(Boolean);
  const note = data.comparison.length && !refused
    ? (differing ? `${differing} ${differing === 1 ? 'field differs' : 'fields differ'}` : 'both profiles agree') : null;
  return pane('Its requests', note,
    refusalsOf(data),
    data.comparison.length ? data.comparison.map((pair) => requestTable(pair, data.profile))
      : refused ? null : empty('No request'));
}

function refusalsOf(data) {
  return Object.entries(data.refusals).filter(([, refusal]) => refusal).map(([profile, refusal]) => h('p', { class: 'refusal' },
    badge('refused', 'bad'), ' ', h('b', {}, profile), `: ${refusal.text} `, h('span', { class: 'quiet' }, `(${refusal.kind}, ${refusal.status})`)));
}

function requestTable(pair, active) {
  return h('table', { class: 'sides' },
    h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'field'),
      ['documented', 'production'].map((profile) => h('th', { scope: 'col', class: profile === active ? 'is-active' : null },
        profile, profile === active && h('span', { class: 'quiet' }, ' (in use)'),
        h('span', { class: 'request-title' }, pair[profile] ?? 'no request'))))),
    h('tbody', {}, pair.rows.map((row) => sideRow(row, 'documented', 'production'))));
}

function sideRow(row, one, other) {
  return h('tr', { class: row.differs ? 'differs' : null },
    h('th', { scope: 'row' }, row.differs && h('span', { class: 'mark', title: 'the two differ' }, '≠'), fieldName(row.path.replace(/^body\./, '')),
      row.differs && h('span', { class: 'sr-only' }, ' differs')),
    [one, other].map((side) => h('td', { 'data-side': side }, side in row ? valueOf(row[side]) : h('span', { class: 'absent' }, 'absent'))));
}

function valueOf(value) {
  return value !== null && typeof value === 'object' ? h('code', {}, json(value)) : scalar(value);
}

/** Return what becomes of people, companies and events; `title` says whether it has happened. */
export function changePane(title, change, answers) {
  if (!change) return pane(title, null, empty('Nothing reached this workspace', 'No request was made here, so nothing changed.'));
  const records = [...change.people.map((one) => ({ ...one, kind: 'people' })), ...change.companies.map((one) => ({ ...one, kind: 'companies' }))];
  const nothing = !records.length && !change.event;
  return pane(title, null,
    (answers ?? []).filter((answer) => answer.status >= 400).map((answer) => h('p', { class: 'refusal' },
      badge(`Custify answers ${answer.status}`, 'bad'), ' ', answer.body?.error ?? '')),
    change.associations.length ? associationList(change.associations) : null,
    records.map(recordChange),
    change.event && eventChange(change.event),
    nothing && empty('Nothing changes'));
}

function associationList(links) {
  return h('ul', { class: 'associations', 'aria-label': 'Associations' }, links.map((link) => h('li', { class: `is-${link.status}` },
    h('a', { href: `#/people/${link.person.id}` }, nameOf(link.person)),
    h('span', { class: 'line', 'aria-hidden': 'true' }, link.status === 'dissociated' ? '╌╌✕╌╌' : '─────'),
    h('a', { href: `#/companies/${link.company.id}` }, nameOf(link.company)), badge(link.status, TONES[link.status]))));
}

function recordChange(record) {
  const rows = record.rows.filter((row) => row.differs);
  const word = record.kind === 'people' ? 'person' : 'company';
  const same = record.rows.length - rows.length;
  return h('section', { class: 'change' },
    h('h3', {}, `${word} `, h('a', { href: `#/${record.kind}/${record.id}` }, nameOf(record)), ' ', badge(record.status, TONES[record.status])),
    rows.length ? h('table', { class: 'sides' },
      h('thead', {}, h('tr', {}, ['field', 'before', 'after'].map((text) => h('th', { scope: 'col' }, text)))),
      h('tbody', {}, rows.map((row) => changeRow(row)))) : null,
    rows.length && same ? h('p', { class: 'quiet' }, `${same} more ${same === 1 ? 'field stays' : 'fields stay'} as before`) : null);
}

function changeRow(row) {
  return h('tr', {}, h('th', { scope: 'row' }, fieldName(row.path)), ['before', 'after'].map((side) => h('td', { class: `side-${side}` },
    side in row ? valueOf(row[side]) : h('span', { class: 'absent' }, '—'))));
}

function eventChange(event) {
  return h('section', { class: 'change' }, h('h3', {}, 'event ', h('a', { href: `#/events/${event.id}` }, event.name), ' ',
    event.dropped ? badge('dropped', 'warn') : badge('recorded', 'good')),
  event.dropped && h('p', {}, `It is not linked to a person or company: ${event.dropped}.`));
}

/** Return the name that people know a record by. */
export function nameOf(record) {
  return record.name ?? record.company_id ?? record.user_id ?? record.email ?? record.id;
}

/** Return the documentation's table of associations with the row that applies, a note for a removal, or nothing. */
export function associationPane(association) {
  if (association.row === null && !association.note) return null;
  return pane('Rule of association', association.row === null ? null : `row ${association.row + 1} applies`,
    association.note && h('p', {}, association.note),
    association.row !== null && h('div', { class: 'scroll' }, h('table', { class: 'rules' },
      h('thead', {}, h('tr', {}, ['userId present?', 'groupId present?', 'Description', 'Expected behavior'].map((text) => h('th', { scope: 'col' }, text)))),
      h('tbody', {}, association.rows.map((row, index) => h('tr', {
        class: index === association.row ? 'applies' : null, 'aria-current': index === association.row ? 'true' : null,
      }, h('td', {}, row.userId ? 'Yes' : 'No'), h('td', {}, row.groupId ? 'Yes' : 'No'), h('td', {}, row.description), h('td', {}, row.behavior)))))));
}

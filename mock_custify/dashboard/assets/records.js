// People, companies and events: their tables and a page for each.

import { address } from './address.js';
import { page } from './api.js';
import { badge, counted, empty, fieldName, fill, h, heading, json, jsonBlock, moment, scalar } from './dom.js';
import { nameOf, pane } from './outcome.js';
import { backTo, showList } from './list.js';
import { statusBadge } from './requests.js';
import { STATUSES } from './live.js';

const TRY = () => ['Send a message from ', h('a', { href: '#/try' }, 'Try it'), ', or point an SDK at this server.'];

/** Show the table of people, or one person. */
export function people(main, [id], life, query) {
  if (id) return showPerson(main, id);
  return showList(main, {
    title: 'People', lead: 'All people in this workspace.', path: 'people', one: 'person', many: 'people',
    nothing: () => empty('There are no people yet', TRY()),
    columns: [
      { field: 'name', title: 'Name', wide: true },
      { field: 'user_id', title: 'user_id' },
      { field: 'email', title: 'Email' },
      { field: 'companies', title: 'Companies', wide: true, show: (row) => row.company_names.join(', ') },
      { field: 'events', title: 'Events', number: true },
      { field: 'updated_at', title: 'Updated', show: (row) => moment(row.updated_at) },
    ],
  }, query, life);
}

/** Show the table of companies, or one company. */
export function companies(main, [id], life, query) {
  if (id) return showCompany(main, id);
  return showList(main, {
    title: 'Companies', lead: 'All companies, with the number of their people.', path: 'companies', one: 'company', many: 'companies',
    nothing: () => empty('There are no companies yet', TRY()),
    columns: [
      { field: 'name', title: 'Name', wide: true },
      { field: 'company_id', title: 'company_id' },
      { field: 'people', title: 'People', number: true },
      { field: 'plan', title: 'Plan' },
      { field: 'size', title: 'Size', number: true },
      { field: 'updated_at', title: 'Updated', show: (row) => moment(row.updated_at) },
    ],
  }, query, life);
}

/** Show the table of events, or one event. */
export function events(main, [id], life, query) {
  if (id) return showEvent(main, id);
  return showList(main, {
    title: 'Events', lead: 'Newest first; an event whose person or company does not exist is kept as dropped.', path: 'events', one: 'event', many: 'events',
    nothing: () => empty('There are no events yet', TRY()),
    columns: [
      { field: 'name', title: 'Event', wide: true, show: (row) => [row.name, row.dropped && [' ', badge('dropped', 'warn')]] },
      { field: 'user_id', title: 'Person' },
      { field: 'company_id', title: 'Company' },
      { field: 'metadata', title: 'Metadata', unsorted: true, wide: true, show: (row) => metadata(row.metadata) },
      { field: 'created_at', title: 'Happened', show: (row) => moment(row.created_at) },
      { field: 'received_at', title: 'Received', show: (row) => moment(row.received_at) },
    ],
  }, query, life);
}

// The beginning of what an event carries, in one line.
function metadata(held) {
  const text = Object.entries(held).map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`).join(', ');
  return text && h('code', { class: 'preview', title: text }, text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

function raw(record) {
  return h('details', { class: 'raw' }, h('summary', {}, 'Raw JSON'), jsonBlock(record, 'Raw JSON'));
}

async function showPerson(main, id) {
  const data = await page(`people/${encodeURIComponent(id)}`);
  fill(main, back('people', 'People'), heading(nameOf(data.person), `person · ${data.person.user_id ?? data.person.email ?? ''}`),
    h('div', { class: 'panes two' },
      fieldsPane(data.person, ['companies', 'companyNames', 'custom_attributes', 'tagNames']),
      attributesPane(data.attributes),
      pane('Companies', String(data.companies.length), links('companies', data.companies, 'Belongs to no company: send a group message to associate it.')),
      eventsPane(data)), timelinePane(data.timeline, data.person.user_id ?? data.person.email ?? ''));
}

async function showCompany(main, id) {
  const data = await page(`companies/${encodeURIComponent(id)}`);
  const more = data.people_count - data.people.length;
  fill(main, back('companies', 'Companies'), heading(nameOf(data.company), `company · ${data.company.company_id}`),
    h('div', { class: 'panes two' },
      fieldsPane(data.company, ['custom_attributes', 'metrics', 'buckets']),
      attributesPane(data.attributes),
      pane('People', data.people_count.toLocaleString('en'), links('people', data.people, 'It has no people: send a group message to associate a person.'),
        more > 0 && h('p', { class: 'quiet' }, `and ${more.toLocaleString('en')} more`)),
      eventsPane(data)), timelinePane(data.timeline, data.company.company_id));
}

async function showEvent(main, id) {
  const data = await page(`events/${encodeURIComponent(id)}`);
  fill(main, back('events', 'Events'), heading(data.event.name, ['event ', data.event.dropped && [badge('dropped', 'warn'), ` ${data.event.dropped}`]]),
    h('div', { class: 'panes two' },
      fieldsPane(data.event, ['metadata', 'person', 'company']),
      attributesPane(data.metadata, 'Metadata', 'This event has no metadata.'),
      pane('Belongs to', null, links('people', data.person ? [data.person] : [], 'It is not linked to a person.'), links('companies', data.company ? [data.company] : [], 'It is not linked to a company.'))));
}

function back(path, name) {
  return h('p', { class: 'back' }, backTo(path, name));
}

function fieldsPane(record, except) {
  const rows = Object.entries(record).filter(([name, value]) => !except.includes(name) && name !== '_id' && value !== null && !(Array.isArray(value) && !value.length));
  return pane('Fields', null, raw(record), h('table', { class: 'fields' }, h('tbody', {}, rows.map(([name, value]) => h('tr', {},
    h('th', { scope: 'row' }, fieldName(name)), h('td', {}, typeof value === 'object' ? h('code', {}, json(value)) : String(value)))))));
}

function attributesPane(attributes, title = 'Custom attributes', nothing = 'There are none: traits without a Custify field become custom attributes.') {
  return pane(title, String(attributes.length), attributes.length ? h('table', { class: 'fields' },
    h('thead', {}, h('tr', {}, ['name', 'value', 'type'].map((text) => h('th', { scope: 'col' }, text)))),
    h('tbody', {}, attributes.map((one) => h('tr', {}, h('th', { scope: 'row' }, fieldName(one.name)),
      h('td', {}, typeof one.value === 'object' ? h('code', {}, json(one.value)) : scalar(one.value)), h('td', {}, badge(one.type, 'quiet')))))) : h('p', { class: 'quiet' }, nothing));
}

function links(path, records, nothing) {
  if (!records.length) return h('p', { class: 'quiet' }, nothing);
  return h('ul', { class: 'links' }, records.map((record) => h('li', {}, h('a', { href: `#/${path}/${encodeURIComponent(record.id)}` }, nameOf(record)),
    h('span', { class: 'quiet' }, ` ${record.company_id ?? record.email ?? record.user_id ?? ''}`))));
}

function eventsPane(data) {
  const more = data.event_count - data.events.length;
  return pane('Events', data.event_count.toLocaleString('en'), data.events.length ? h('ul', { class: 'links' }, data.events.map((event) => h('li', {},
    h('a', { href: `#/events/${encodeURIComponent(event.id)}` }, event.name), ' ', h('span', { class: 'quiet' }, moment(event.created_at)))))
    : h('p', { class: 'quiet' }, 'No event yet.'), more > 0 && h('p', { class: 'quiet' }, `and ${counted(more, 'older one', 'older ones')}`));
}

// The messages and calls that made a record, the newest first.
function timelinePane({ rows, left_out: leftOut }, search) {
  const all = h('p', {}, h('a', { href: address('live', { q: search }) }, 'All messages'), ' · ', h('a', { href: address('requests', { q: search }) }, 'All requests'));
  return pane('Timeline', 'the messages and calls about it, newest first', rows.length ? h('ol', { class: 'timeline' }, rows.map((row) => h('li', {},
    moment(row.at), ' ', row.kind === 'message' ? badge(row.status, STATUSES[row.status]) : statusBadge(row), ' ',
    row.kind === 'message'
      ? h('a', { href: `#/live/${row.number}` }, `Message ${row.number}`) : h('a', { href: `#/requests/${row.number}` }, `Request ${row.number}`),
    ` ${row.kind === 'message' ? `${row.type} ${row.what}` : `${row.method} ${row.target}`} `, h('span', { class: 'quiet' }, row.effect || row.reason || '')))) : h('p', { class: 'quiet' }, 'No message or call that is still kept is about this record.'),
  leftOut > 0 && h('p', { class: 'quiet' }, `and ${leftOut.toLocaleString('en')} older ones`), all);
}

// The frame of the page: which view is shown, of which workspace, and whether it is live.

import { read } from './address.js';
import { CallError, key, knownKeys, useKey } from './api.js';
import * as contract from './contract.js';
import * as control from './control.js';
import { empty, fill, h } from './dom.js';
import { feed, start } from './feed.js';
import * as live from './live.js';
import * as map from './map.js';
import * as requests from './requests.js';
import { companies, events, people } from './records.js';
import * as replay from './replay.js';
import * as tryIt from './try.js';

// Each view has a name, and `show(main, rest, life, query)`: `rest` is what follows its name in the address,
// `query` what follows the ?; `life` ends when another view is shown.
const VIEWS = [
  { path: 'live', name: 'Live', count: 'deliveries', show: live.show },
  { path: 'try', name: 'Try it', show: tryIt.show },
  { path: 'people', name: 'People', count: 'people', show: people },
  { path: 'companies', name: 'Companies', count: 'companies', show: companies },
  { path: 'events', name: 'Events', count: 'events', show: events },
  { path: 'map', name: 'Map', show: map.show },
  { path: 'requests', name: 'Requests', count: 'requests', show: requests.show },
  { path: 'replay', name: 'Replay', show: replay.show },
  { path: 'contract', name: 'Contract', show: contract.show },
  { path: 'control', name: 'Control', show: control.show },
];

const main = document.getElementById('main');
let life = new AbortController();

function current() {
  const { path, rest, query } = read();
  return { view: VIEWS.find((view) => view.path === path) ?? VIEWS[0], rest, query };
}

async function show() {
  life.abort();
  life = new AbortController();
  const mine = life.signal;
  const { view, rest, query } = current();
  mark(view);
  const place = h('div', { class: `view view-${view.path}` });
  place.setAttribute('aria-busy', 'true');
  fill(main, place);
  window.scrollTo(0, 0);
  try {
    await view.show(place, rest, mine, query);
  } catch (error) {
    if (!mine.aborted) fill(place, failure(error));
  }
  place.removeAttribute('aria-busy');
}

function failure(error) {
  if (!(error instanceof CallError)) console.error(error);
  if (error.status === 401) {
    return empty('This key is not accepted here', error.message, 'Enter a key of this server at the top of the page.');
  }
  return empty('This cannot be shown', error.message, h('button', { type: 'button', onclick: show }, 'Try again'));
}

function mark(shown) {
  document.title = `${shown.name} · mock-custify`;
  for (const link of document.querySelectorAll('#views a')) {
    if (link.dataset.path === shown.path) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  document.querySelector('#views [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
}

function buildNavigation() {
  fill(document.getElementById('views'), h('ul', {}, VIEWS.map((view) => h('li', {},
    h('a', { href: `#/${view.path}`, 'data-path': view.path }, h('span', {}, view.name),
      view.count && h('span', { class: 'count', 'data-count': view.count }))))));
}

function showCounts({ detail }) {
  for (const place of document.querySelectorAll('[data-count]')) {
    place.textContent = (detail[place.dataset.count] ?? 0).toLocaleString('en');
  }
}

function showState({ detail }) {
  const place = document.getElementById('link-state');
  place.className = `link-state is-${detail.state}`;
  place.textContent = { live: 'live', lost: 'reconnecting', refused: 'key refused' }[detail.state];
  place.title = detail.text;
}

function buildKeyForm() {
  const form = document.getElementById('key-form');
  const field = document.getElementById('key');
  const list = () => fill(document.getElementById('known-keys'), knownKeys().map((name) => h('option', { value: name })));
  field.value = key();
  list();
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const name = field.value.trim();
    if (!name) return;
    useKey(name);
    list();
    start();
    if (current().rest.length || location.hash.includes('?')) location.hash = `#/${current().view.path}`;
    show();
  });
}

// "/" leads to the search of the view, as in many tools.
function searchKey(event) {
  const typing = event.target.closest('input, textarea, select');
  const search = document.querySelector('input[type=search]');
  if (event.key !== '/' || typing || !search) return;
  event.preventDefault();
  search.focus();
}

buildNavigation();
buildKeyForm();
feed.addEventListener('counts', showCounts);
feed.addEventListener('state', showState);
addEventListener('hashchange', async () => {
  await show();
  main.focus({ preventScroll: true });
});
addEventListener('keydown', searchKey);
document.querySelector('.skip').addEventListener('click', (event) => {
  event.preventDefault();
  main.focus();
});
start();
show();

// A list that the server searches, sorts and cuts into pages. The address keeps what is shown, so that Back works.

import { keep, lastOf } from './address.js';
import { page } from './api.js';
import { announce, calmly, counted, empty, fill, h, heading, whenReleased } from './dom.js';
import { feed } from './feed.js';

const SIZE = 50;

/**
 * Show a list. `about`: title, lead, path (of the call, and of the view unless
 * `view` names it), one and many (its nouns), columns, nothing (the empty state), and where
 * there are any: filters(state, table, set), above(table, state), none(table, state), rowClass(row, isNew).
 */
export async function showList(main, about, query, life) {
  const state = { q: '', sort: '', direction: '', ...query, page: Number(query.page) || 1 };
  const search = h('input', {
    type: 'search', id: 'search', placeholder: about.placeholder ?? `Search ${about.many}`, autocomplete: 'off', spellcheck: 'false',
    'aria-label': about.placeholder ?? `Search ${about.many}`, value: state.q,
  });
  const [filters, above, place] = [h('div', { class: 'filters' }), h('div', { class: 'above' }), h('div', {})];
  const summary = h('p', { class: 'quiet', role: 'status' });
  let asked = new AbortController();
  let newest = Infinity;

  const load = async () => {
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    let table;
    try {
      table = await page(about.path, { ...state, page: state.page, size: SIZE }, signal);
    } catch (error) {
      if (error.name === 'AbortError') return;
      throw error;
    }
    await whenReleased();
    if (!life.aborted && !signal.aborted) draw(table);
  };
  const draw = (table) => {
    const focused = document.activeElement?.dataset?.focus;
    const isFiltered = table.found !== table.total - (table.forgotten ?? 0);
    summary.textContent = summaryOf(table, about, isFiltered);
    fill(above, about.above?.(table, state));
    fill(filters, about.filters?.(state, table, set));
    if (!table.total) fill(place, about.nothing(table));
    else if (!table.found) fill(place, about.none?.(table, state) ?? noneFits(about, state));
    else fill(place, h('div', { class: 'scroll' }, tableOf(table, about, state, sortBy, newest)), pager(table, state, (number) => set({ page: number })));
    newest = Math.max(...table.rows.map((row) => Number(row.number) || 0), Number.isFinite(newest) ? newest : 0);
    if (focused) document.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
  };
  const set = (change, isStep = true) => {
    typed.cancel();
    Object.assign(state, { q: search.value.trim(), page: 1 }, change);
    keep(about.view ?? about.path, { ...state, page: state.page > 1 ? state.page : '' }, isStep);
    return safely();
  };
  const safely = () => load().catch((error) => { if (!life.aborted) fill(place, empty('This cannot be shown', error.message)); });
  const sortBy = (column) => {
    const direction = state.sort === column && state.direction !== 'desc' ? 'desc' : 'asc';
    announce(`sorted by ${column}, ${direction === 'asc' ? 'ascending' : 'descending'}`);
    return set({ sort: column, direction });
  };
  // The first letter of a search is a step that Back returns from; the letters after it change that step.
  const typed = calmly(() => { if (!life.aborted) set({}, !state.q); }, 120);
  search.addEventListener('input', typed);
  const refresh = calmly(() => { if (!life.aborted) safely(); }, 150);
  for (const name of ['counts', 'deliveries', 'restart']) feed.addEventListener(name, refresh, { signal: life });
  life.addEventListener('abort', () => asked.abort());
  keep(about.view ?? about.path, { ...state, page: state.page > 1 ? state.page : '' }, false);
  fill(main, heading(about.title, about.lead, search, about.actions?.(safely)), above, filters, summary, place);
  await load();
}

/** Return the link back to a list as it was last shown. */
export function backTo(path, name) {
  return h('a', { href: lastOf(path) }, `← ${name}`);
}

/** Return the links to the neighbours of an entry of a list. */
export function neighbours(path, { previous, next }) {
  const link = (number, name) => (number ? h('a', { href: `#/${path}/${number}` }, name) : h('span', { class: 'quiet' }, name));
  return [link(previous, '‹ Previous'), link(next, 'Next ›')];
}

function summaryOf(table, about, isFiltered) {
  const all = counted(table.total, about.one, about.many);
  const lost = table.forgotten ? `; the oldest ${table.forgotten.toLocaleString('en')} are no longer kept` : '';
  return (isFiltered ? `${table.found.toLocaleString('en')} of ${all}` : all) + lost;
}

function noneFits(about, state) {
  return empty(state.q ? `No ${about.one} matches “${state.q}”` : `No ${about.one} matches the filters`, 'Every word of the search must occur; case does not matter.');
}

function tableOf(table, about, state, sortBy, newest) {
  return h('table', { class: `list list-${about.path}` }, h('caption', { class: 'sr-only' }, about.title),
    h('thead', {}, h('tr', {}, about.columns.map((column) => h('th', {
      scope: 'col', class: column.number ? 'number' : null,
      'aria-sort': state.sort === column.field ? (state.direction === 'desc' ? 'descending' : 'ascending') : null,
    }, column.unsorted ? column.title : h('button', { type: 'button', class: 'sort', 'data-focus': column.field, onclick: () => sortBy(column.field) }, column.title))))),
    h('tbody', { onclick: openRow }, table.rows.map((row) => rowOf(row, about, row.number > newest))));
}

function rowOf(row, about, isNew) {
  const id = row.id ?? row.number;
  const href = `#/${about.view ?? about.path}/${encodeURIComponent(id)}`;
  return h('tr', { class: isNew ? 'is-new' : null, 'data-number': row.number, 'data-href': href }, about.columns.map((column, index) => h('td', {
    class: [column.number && 'number', column.wide && 'wide', column.css].filter(Boolean).join(' ') || null, 'data-label': index ? column.label ?? column.title : null,
  }, index ? cell(column, row) : h('a', { class: 'row-link', href, 'data-focus': `row ${id}`, 'aria-label': about.rowName?.(row) }, cell(column, row) || id))));
}

// A click anywhere in a row opens it, but a click on a link or the end of a selection does not.
function openRow(event) {
  const row = event.target.closest('a, button') ? null : event.target.closest('tr');
  if (row && !String(getSelection())) location.hash = row.dataset.href;
}

function cell(column, row) {
  const value = column.show ? column.show(row) : row[column.field];
  return typeof value === 'string' && value ? h('span', { class: 'clamp', title: value.length > 60 ? value : null }, value) : value ?? '';
}

function pager(table, state, turn) {
  const last = Math.max(1, Math.ceil(table.found / SIZE));
  if (last === 1) return null;
  const button = (name, number) => h('button', { type: 'button', 'data-focus': name, disabled: number < 1 || number > last, onclick: () => turn(number) }, name);
  return h('nav', { class: 'pager', 'aria-label': 'Pages' }, button('First', state.page > 1 ? 1 : 0), button('Previous', state.page - 1),
    h('span', {}, `page ${state.page.toLocaleString('en')} of ${last.toLocaleString('en')}`), button('Next', state.page + 1), button('Last', state.page < last ? last : 0));
}

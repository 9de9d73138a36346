// A table that the server searches, sorts and cuts into pages; the address keeps what is shown.

import { page } from './api.js';
import { announce, calmly, counted, empty, fill, h, heading } from './dom.js';
import { feed } from './feed.js';

const SIZE = 50;

/** Show a table. `about`: title, lead, path, one and many (its nouns), columns, nothing (the empty state). */
export async function showTable(main, about, life) {
  const state = { q: '', sort: about.sort ?? '', direction: about.direction ?? 'asc', page: 1, size: SIZE };
  const search = h('input', { type: 'search', id: 'search', placeholder: `Search ${about.many}`, autocomplete: 'off', 'aria-label': `Search ${about.many}` });
  const place = h('div', {});
  const summary = h('p', { class: 'quiet', role: 'status' });
  let asked = new AbortController();

  const load = async () => {
    asked.abort();
    asked = new AbortController();
    let table;
    try {
      table = await page(about.path, state, asked.signal);
    } catch (error) {
      if (error.name === 'AbortError') return;
      throw error;
    }
    if (life.aborted) return;
    summary.textContent = state.q ? `${table.found.toLocaleString('en')} of ${counted(table.total, about.one, about.many)}` : counted(table.total, about.one, about.many);
    if (!table.total) fill(place, about.nothing());
    else if (!table.found) fill(place, empty(`No ${about.one} fits “${state.q}”`, 'Every word of the search must occur; case does not matter.'));
    else redraw(table);
  };
  const redraw = (table) => {
    const focused = document.activeElement?.dataset?.focus;
    fill(place, h('div', { class: 'scroll' }, tableOf(table, about, state, sortBy)), pager(table, state, turn));
    if (focused) place.querySelector(`[data-focus="${focused}"]`)?.focus();
  };
  const sortBy = (column) => {
    state.direction = state.sort === column && state.direction === 'asc' ? 'desc' : 'asc';
    Object.assign(state, { sort: column, page: 1 });
    announce(`sorted by ${column}, ${state.direction === 'asc' ? 'ascending' : 'descending'}`);
    return load();
  };
  const turn = (number) => {
    state.page = number;
    return load();
  };
  search.addEventListener('input', calmly(() => {
    Object.assign(state, { q: search.value.trim(), page: 1 });
    load();
  }, 120));
  feed.addEventListener('counts', calmly(() => { if (!life.aborted) load().catch(() => {}); }, 300), { signal: life });
  life.addEventListener('abort', () => asked.abort());
  fill(main, heading(about.title, about.lead, search), summary, place);
  await load();
}

function tableOf(table, about, state, sortBy) {
  return h('table', { class: 'list' }, h('caption', { class: 'sr-only' }, about.title),
    h('thead', {}, h('tr', {}, about.columns.map((column) => h('th', {
      scope: 'col', class: column.number ? 'number' : null,
      'aria-sort': state.sort === column.field ? (state.direction === 'asc' ? 'ascending' : 'descending') : null,
    }, h('button', { type: 'button', class: 'sort', 'data-focus': column.field, onclick: () => sortBy(column.field) }, column.title))))),
    h('tbody', {}, table.rows.map((row) => h('tr', {}, about.columns.map((column, index) => h('td', { class: column.number ? 'number' : column.wide ? 'wide' : null, 'data-label': index ? column.title : null },
      index ? cell(column, row) : h('a', { class: 'row-link', href: `#/${about.path}/${encodeURIComponent(row.id)}` }, cell(column, row) || row.id)))))));
}

function cell(column, row) {
  const value = column.show ? column.show(row) : row[column.field];
  return value ?? '';
}

function pager(table, state, turn) {
  const last = Math.max(1, Math.ceil(table.found / SIZE));
  if (last === 1) return null;
  const button = (name, number) => h('button', { type: 'button', 'data-focus': name, disabled: number < 1 || number > last, onclick: () => turn(number) }, name);
  return h('nav', { class: 'pager', 'aria-label': 'Pages' }, button('First', state.page > 1 ? 1 : 0), button('Previous', state.page - 1),
    h('span', {}, `page ${state.page} of ${last.toLocaleString('en')}`), button('Next', state.page + 1), button('Last', state.page < last ? last : 0));
}

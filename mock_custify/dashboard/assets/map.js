// People and companies as a picture of their associations, which says what it leaves out.

import { page } from './api.js';
import { announce, calmly, counted, empty, fill, h, heading, s, whenReleased } from './dom.js';
import { feed } from './feed.js';
import { layout } from './layout.js';
import { Lens } from './lens.js';

/** Show the map; a search narrows it to what fits and its neighbours. */
export async function show(main, _rest, life) {
  const search = h('input', { type: 'search', placeholder: 'Show only…', 'aria-label': 'Show only records with these words, and their neighbours', autocomplete: 'off' });
  const place = h('div', { class: 'map-place' });
  const summary = h('p', { class: 'quiet', role: 'status' });
  let drawn = '';
  const load = async () => {
    const graph = await page('map', { q: search.value.trim() });
    await whenReleased();
    const text = JSON.stringify(graph);
    if (life.aborted || text === drawn) return;
    drawn = text;
    fill(summary, ...summaryOf(graph));
    fill(place, graph.companies.length + graph.people.length ? picture(graph, place.clientWidth, life) : nothing(search.value));
  };
  search.addEventListener('input', calmly(load, 150));
  feed.addEventListener('counts', calmly(() => { if (!life.aborted) load().catch(() => {}); }, 500), { signal: life });
  fill(main, heading('Map', 'Who belongs to which company. Point at a dot to see its links, click it to open it.', search), summary, place);
  await load();
}

function nothing(text) {
  if (text.trim()) return empty(`Nothing matches “${text.trim()}”`);
  return empty('There are no people yet', ['Send a group message from ', h('a', { href: '#/try' }, 'Try it'), ': it creates a company and associates a person with it.']);
}

function summaryOf(graph) {
  const { companies, people } = graph.left_out;
  const shown = `${counted(graph.companies.length, 'company', 'companies')}, ${counted(graph.people.length, 'person', 'people')}, ${counted(graph.links.length, 'association', 'associations')}`;
  if (!companies && !people) return [`${shown}. Nothing is left out.`];
  return [`${shown}. `, h('strong', {}, `Left out: ${counted(companies, 'company', 'companies')} and ${counted(people, 'person', 'people')}.`),
    ' The largest companies are shown, with some people of each; search to see others.'];
}

function picture(graph, width, life) {
  const { nodes, width: wide, height } = layout(graph, Math.max(width, 320) / 640);
  const around = neighbours(graph.links);
  const lines = graph.links.map(([person, company]) => lineOf(person, company, nodes.get(person), nodes.get(company)));
  const marks = new Map([...nodes].map(([id, node]) => [id, markOf(id, node, around)]));
  const grounds = [...nodes.values()].filter((node) => node.kind === 'companies').map((node) => s('circle', { class: 'ground', cx: node.x, cy: node.y, r: node.bottom + 6 }));
  const scene = s('g', { class: 'scene' }, s('g', {}, grounds), s('g', {}, lines), s('g', {}, [...marks.values()]));
  const svg = s('svg', { class: 'map', viewBox: `0 0 ${wide} ${height}`, role: 'group', 'aria-label': 'Map of associations', tabindex: '0' }, scene);
  const light = (id) => {
    svg.classList.toggle('has-focus', Boolean(id));
    const lit = new Set(id ? [id, ...(around.get(id) ?? [])] : []);
    for (const [key, mark] of marks) mark.classList.toggle('is-lit', lit.has(key));
    for (const line of lines) line.classList.toggle('is-lit', line.dataset.person === id || line.dataset.company === id);
  };
  const under = (event) => event.target.closest?.('[data-id]')?.dataset.id ?? null;
  svg.addEventListener('pointerover', (event) => light(under(event)));
  svg.addEventListener('pointerleave', () => light(null));
  svg.addEventListener('focusin', (event) => light(under(event)));
  svg.addEventListener('focusout', () => light(null));
  const lens = new Lens(svg, wide, height, life);
  const button = (name, label, action) => h('button', { type: 'button', 'aria-label': label, onclick: () => { action(); announce(label); } }, name);
  return h('div', { class: 'map-frame' }, svg, h('div', { class: 'map-foot' }, legend(), h('div', { class: 'map-tools', role: 'group', 'aria-label': 'Zoom' },
    button('+', 'Zoom in', () => lens.zoom(0.75)), button('−', 'Zoom out', () => lens.zoom(1 / 0.75)), button('Fit', 'Show everything', () => lens.fit()))));
}

function legend() {
  return h('ul', { class: 'legend', 'aria-label': 'Legend' }, [['company', 'company, with its number of people'], ['person', 'person'], ['shared', 'person in more than one company']]
    .map(([kind, text]) => h('li', {}, h('span', { class: `mark is-${kind}`, 'aria-hidden': 'true' }), text)));
}

function neighbours(links) {
  const around = new Map();
  for (const [person, company] of links) {
    around.set(person, [...(around.get(person) ?? []), company]);
    around.set(company, [...(around.get(company) ?? []), person]);
  }
  return around;
}

function lineOf(person, company, from, to) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const bend = Math.hypot(dx, dy) > 160 ? 0.12 : 0;
  const path = `M${from.x} ${from.y}Q${(from.x + to.x) / 2 - dy * bend} ${(from.y + to.y) / 2 + dx * bend} ${to.x} ${to.y}`;
  return s('path', { class: bend ? 'link is-long' : 'link', d: path, 'data-person': person, 'data-company': company });
}

function markOf(id, node, around) {
  if (node.kind === 'note') return s('text', { class: 'map-label', x: node.x, y: node.y - node.bottom - 4 }, node.record.name);
  const links = around.get(id)?.length ?? 0;
  const hidden = node.kind === 'companies' ? node.record.people - links : 0;
  const told = node.kind === 'companies'
    ? `${node.record.name}, company, ${counted(node.record.people, 'person', 'people')}${hidden ? `, ${hidden.toLocaleString('en')} of them not shown` : ''}`
    : `${node.record.name}, person, ${counted(links, 'company', 'companies')}`;
  const link = s('a', { href: `#/${node.kind}/${encodeURIComponent(id)}`, class: `node is-${node.kind}`, 'data-id': id, 'aria-label': told }, s('title', {}, told));
  if (node.kind === 'companies') {
    link.append(s('rect', { x: node.x - node.r, y: node.y - node.r, width: 2 * node.r, height: 2 * node.r, rx: 5 }),
      s('text', { class: 'map-label', x: node.x, y: node.y - node.bottom - 10 }, middle(node.record.name, Math.max(6, Math.floor((2 * node.bottom + 22) / 7.2)))),
      s('text', { class: 'map-count', x: node.x, y: node.y + 4 }, compact(node.record.people)));
  } else {
    link.append(s('circle', { class: links > 1 ? 'is-shared' : null, cx: node.x, cy: node.y, r: node.r }),
      s('text', { class: 'map-name', x: node.x, y: node.y - node.r - 4 }, shortened(node.record.name, 28)));
  }
  return link;
}

function shortened(text, most) {
  const letters = [...String(text)];
  return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : letters.join('');
}

// A long name keeps its two ends: names of one kind often begin alike.
function middle(text, most) {
  const letters = [...String(text)];
  if (letters.length <= most) return letters.join('');
  const end = Math.floor((most - 1) / 2);
  return `${letters.slice(0, most - 1 - end).join('')}…${letters.slice(-end).join('')}`;
}

function compact(number) {
  return new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 }).format(number);
}

// A file of events is dropped here, and the report says what it would do to this workspace.

import { page, pagePost } from './api.js';
import { announce, badge, counted, fill, h, heading, jsonBlock } from './dom.js';
import { pane } from './outcome.js';
import { DRAFT } from './samples.js';

const LARGEST = 16 * 1024 * 1024;
const MOST_ROWS = 200;

/** Show the place for a file, and the report of the last one. */
export async function show(main, _rest, life) {
  const input = h('input', { type: 'file', id: 'archive', class: 'sr-only' });
  const whatIf = h('input', { type: 'checkbox', id: 'what-if' });
  const said = h('p', { class: 'quiet', role: 'status' });
  const result = h('div', { class: 'panes' });
  const zone = h('label', { class: 'drop', for: 'archive' }, h('span', { class: 'empty-title' }, 'Drop a file of events here, or choose one'),
    h('span', {}, 'JSON lines, arrays, batches, archives of RudderStack and Segment, also compressed with gzip; up to 16 MiB. Nothing is changed.'));
  let timer = 0;

  const look = async () => {
    clearTimeout(timer);
    const run = await page('replay');
    if (life.aborted || run.state === 'idle') return;
    said.textContent = { running: `${run.name}: ${counted(run.messages, 'message', 'messages')} read`, done: run.name, failed: `${run.name} was not replayed: ${run.error}` }[run.state];
    if (run.state === 'running') timer = setTimeout(look, 300);
    else if (run.report) fill(result, ...panes(run.report));
    if (run.state !== 'running') announce(said.textContent);
  };
  const start = async (file) => {
    if (!file) return;
    fill(result);
    try {
      if (file.size > LARGEST) throw new Error(`${file.name} has more than 16 MiB: use mock-custify replay`);
      said.textContent = `${file.name} is sent`;
      await pagePost('replay', { name: file.name, content: await base64(file), what_if: whatIf.checked });
      await look();
    } catch (error) {
      said.textContent = error.message;
    }
  };
  input.addEventListener('change', () => start(input.files[0]).then(() => { input.value = ''; }));
  zone.addEventListener('dragover', (event) => { event.preventDefault(); zone.classList.add('is-over'); });
  zone.addEventListener('dragleave', () => zone.classList.remove('is-over'));
  zone.addEventListener('drop', (event) => {
    event.preventDefault();
    zone.classList.remove('is-over');
    start(event.dataTransfer.files[0]);
  });
  life.addEventListener('abort', () => clearTimeout(timer));

  fill(main, heading('Replay', 'What an archive of events would do to this workspace, in its present state.',
    h('label', { class: 'check' }, whatIf, ' compare with the other profile')), h('div', {}, input, zone), said, result);
  await look();
}

function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(reader.result.slice(reader.result.indexOf(',') + 1)));
    reader.addEventListener('error', () => reject(new Error(`${file.name} cannot be read`)));
    reader.readAsDataURL(file);
  });
}

function panes(report) {
  return [
    pane('Summary', report.profile, numbers([
      ['delivered', report.delivered], ['refused', report.refused], ['ignored', report.ignored], ['unreadable', report.unreadable],
      ['calls', report.calls], ['seconds at the rate limit', report.seconds_at_rate],
      ['people created', report.created.people], ['people updated', report.updated.people],
      ['companies created', report.created.companies], ['companies updated', report.updated.companies],
      ['associations added', report.linked], ['associations removed', report.unlinked], ['repeated messageIds', report.duplicates], ['messages whose integrations leave Custify out', report.left_out],
    ])),
    report.difference && pane('What would be different', report.against, differences(report)),
    found('Refusals by reason', report.refusals, (one) => one.reason),
    found('Differences between documented and production', report.divergences, (one) => [h('code', {}, one.id), ` ${one.production}`]),
    found('Events of unknown people and companies', report.unknown_people, (one) => `unknown ${one.names}`),
    found('Values above the limits of Custify', report.beyond_limits, (one) => one.reason),
    plain('Races', report.races, (one) => [h('code', {}, `${one.company_id}.${one.field}`), ` ${JSON.stringify(one.values[0])} by ${one.users[0]}, ${JSON.stringify(one.values[1])} by ${one.users[1]}`]),
    plain('Custom fields', report.custom_fields, (one) => [h('code', {}, `${one.kind}.${one.name}`), ` ${one.type} `, one.is_new && badge('new', 'note'),
      Object.entries(one.conflicts).map(([type, count]) => badge(`${count} ${type}`, 'warn'))]),
    plain('Personal data in custom fields', report.personal_data, (one) => [h('code', {}, `${one.kind}.${one.name}`), ` ${counted(one.count, 'value', 'values')} like ${one.looks_like}`]),
    plain('What could not be read', report.problems, (one) => (one.line ? `line ${one.line}: ${one.reason}` : one.reason)),
  ];
}

function numbers(rows) {
  return h('table', { class: 'list' }, h('tbody', {}, rows.map(([name, number]) => h('tr', {}, h('th', { scope: 'row' }, name), h('td', {}, number.toLocaleString('en'))))));
}

function differences(report) {
  const words = ['gained', 'lost', 'changed'];
  const cells = Object.entries(report.difference).map(([kind, counts]) => h('tr', {}, h('th', { scope: 'row' }, kind), words.map((word) => h('td', {}, counts[word].toLocaleString('en')))));
  return [h('table', { class: 'list' }, h('thead', {}, h('tr', {}, ['', ...words].map((word) => h('th', { scope: 'col' }, word)))), h('tbody', {}, cells)),
    items(report.causes.map((one) => item(one.messages, [h('code', {}, one.cause), ` ${one.meaning}`], one.messages ? one : null)))];
}

function found(title, rows, words) {
  return rows.length > 0 && pane(title, String(rows.length), items(first(rows, (one) => item(one.count, words(one), one))));
}

function plain(title, rows, words) {
  return rows.length > 0 && pane(title, String(rows.length), items(first(rows, (one) => h('li', {}, words(one)))));
}

function first(rows, line) {
  const rest = rows.length - MOST_ROWS;
  return [...rows.slice(0, MOST_ROWS).map(line), rest > 0 && h('li', { class: 'quiet' }, `and ${rest.toLocaleString('en')} more`)];
}

function items(rows) {
  return h('ul', { class: 'divergences' }, rows);
}

function item(count, words, one) {
  const told = [h('b', {}, count.toLocaleString('en')), ' x ', words];
  return h('li', {}, one ? h('details', {}, h('summary', {}, told), h('p', { class: 'quiet' }, `the smallest of them, line ${one.line}`),
    jsonBlock(one.example, 'The smallest message'), h('p', {}, h('button', { type: 'button', onclick: () => tryIt(one.example) }, 'Open in Try it'))) : told);
}

function tryIt(message) {
  sessionStorage.setItem(DRAFT, JSON.stringify(message, null, 2));
  location.hash = '#/try';
}

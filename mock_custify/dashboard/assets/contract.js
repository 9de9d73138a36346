// The laws of the contract with their verdicts, run from here, and where production leaves the documentation.

import { call, page, pagePost } from './api.js';
import { announce, badge, fill, h, heading, jsonBlock } from './dom.js';
import { pane } from './outcome.js';
import { DRAFT } from './samples.js';

const TONES = { holds: 'good', broken: 'bad', 'not visible': 'quiet' };
const EXAMPLES = ['10', '50', '200', '1000'];

/** Show the laws, and the last run of them with its progress. */
export async function show(main, _rest, life) {
  const { laws, divergences } = await page('contract');
  const profile = h('select', { 'aria-label': 'Profile' }, ['documented', 'production'].map((name) => h('option', { value: name }, name)));
  const examples = h('select', { 'aria-label': 'Cases for each law' }, EXAMPLES.map((number) => h('option', { value: number, selected: number === '50' }, `${number} cases for each law`)));
  const button = h('button', { type: 'button', class: 'primary' }, 'Check the contract');
  const bar = h('progress', { max: String(laws.length), value: '0', 'aria-label': 'Laws checked' });
  const said = h('p', { class: 'quiet', role: 'status' }, `${laws.length} laws`);
  const cells = new Map(laws.map((law) => [law.id, h('td', { class: 'verdict-cell' }, h('span', { class: 'quiet' }, 'not tried'))]));
  const only = h('input', { type: 'checkbox', onchange: () => look() });
  const table = lawsPane(laws, cells);
  let timer = 0;

  const update = (run) => {
    const busy = run.state === 'running' || run.state === 'stopping';
    button.textContent = busy ? 'Stop' : 'Check the contract';
    button.disabled = run.state === 'stopping';
    bar.value = Object.keys(run.verdicts).length;
    bar.hidden = run.state === 'idle';
    if (run.state !== 'idle') said.textContent = progressOf(run, laws.length);
    for (const law of laws) fill(cells.get(law.id), verdictOf(run.verdicts[law.id], law.id === run.current, run.profile === 'production'));
    putBrokenFirst(laws, cells, run, table, only.checked);
    return busy;
  };
  const look = async () => {
    clearTimeout(timer);
    const run = await page('contract/run');
    if (life.aborted) return;
    if (update(run)) timer = setTimeout(look, 300);
    else if (run.state !== 'idle') announce(said.textContent);
  };
  button.addEventListener('click', async () => {
    try {
      if (button.textContent === 'Stop') await call('DELETE', '/_mock/ui/api/contract/run');
      else await pagePost('contract/run', { profile: profile.value, examples: Number(examples.value) });
      await look();
    } catch (error) {
      said.textContent = error.message;
    }
  });
  life.addEventListener('abort', () => clearTimeout(timer));

  fill(main, heading('Contract', 'Every statement of the documentation page is a law, checked with generated messages.', profile, examples, button),
    h('div', { class: 'run' }, bar, said, h('label', { class: 'toggle' }, only, h('span', {}, 'Broken only'))), table, divergencesPane(divergences));
  await look();
}

function progressOf(run, total) {
  const found = Object.values(run.verdicts);
  const broken = found.filter((one) => one.verdict === 'broken').length;
  const held = found.filter((one) => one.verdict === 'holds').length;
  const counts = `${found.length} of ${run.total || total} laws checked with profile ${run.profile}: ${held} hold, ${broken} broken`;
  return run.state === 'failed' ? `The run failed: ${run.error}` : run.state === 'done' ? counts : `${counts} (${run.state}${run.current ? `: ${run.current}` : ''})`;
}

// Broken laws stand in a section of their own before all others.
function putBrokenFirst(laws, cells, run, table, isOnly) {
  const broken = new Set(laws.filter((law) => run.verdicts[law.id]?.verdict === 'broken').map((law) => law.id));
  const top = table.querySelector('.broken-laws');
  for (const [id, cell] of cells) {
    const row = cell.parentElement;
    const place = broken.has(id) ? top : table.querySelector(`tbody[data-section="${CSS.escape(row.dataset.section)}"]`);
    if (row.parentElement !== place) place.append(row);
  }
  top.hidden = !broken.size;
  for (const place of table.querySelectorAll('tbody[data-section]')) place.hidden = isOnly || place.rows.length === 1;
}

function verdictOf(verdict, isCurrent, isProduction) {
  if (isCurrent) return badge('trying', 'note');
  if (!verdict) return h('span', { class: 'quiet' }, 'not tried');
  const told = [badge(verdict.verdict, TONES[verdict.verdict]), verdict.broken && isProduction && verdict.known?.length > 0 && [' ', badge(`known divergence: ${verdict.known.join(', ')}`, 'note')], h('span', { class: 'quiet' }, ` ${verdict.tried} tried`)];
  return verdict.broken ? [...told, h('details', {}, h('summary', {}, 'Why it broke'), h('p', {}, verdict.broken), jsonBlock(verdict.messages, 'The smallest messages that break it'))] : told;
}

function lawsPane(laws, cells) {
  const sections = [...new Set(laws.map((law) => law.section))];
  return pane('Laws', null, h('div', { class: 'scroll' }, h('table', { class: 'list laws' }, h('caption', { class: 'sr-only' }, 'Laws'),
    h('thead', {}, h('tr', {}, ['law', 'source', 'level', 'outcome'].map((text) => h('th', { scope: 'col' }, text)))),
    h('tbody', { class: 'broken-laws', hidden: true }, h('tr', { class: 'section' }, h('th', { scope: 'rowgroup', colspan: '4' }, 'Broken'))),
    sections.map((section) => h('tbody', { 'data-section': section }, h('tr', { class: 'section' }, h('th', { scope: 'rowgroup', colspan: '4' }, section)),
      laws.filter((law) => law.section === section).map((law) => h('tr', { 'data-section': section }, h('td', {}, h('code', {}, law.id)), h('td', { class: 'wide' }, law.source), h('td', {}, badge(law.level, 'quiet')), cells.get(law.id))))))));
}

function divergencesPane(rows) {
  return pane('Where production differs from the documentation', String(rows.length), h('ul', { class: 'divergences' }, rows.map((row) => h('li', {},
    h('details', {}, h('summary', {}, h('code', {}, row.id), ' ', h('span', {}, row.observed)),
      h('dl', {}, h('dt', {}, 'The page'), h('dd', {}, row.page), h('dt', {}, 'What it breaks'), h('dd', {}, row.law), h('dt', {}, 'Likely harm'), h('dd', {}, row.harm)),
      jsonBlock(row.message, 'Example message'), h('p', {}, h('button', { type: 'button', onclick: () => tryIt(row.message) }, 'Open in Try it')))))));
}

function tryIt(message) {
  sessionStorage.setItem(DRAFT, JSON.stringify(message, null, 2));
  location.hash = '#/try';
}

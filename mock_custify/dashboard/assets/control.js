// The settings of a workspace: destination, snapshots, faults, rate limit, clock, reset.

import { call } from './api.js';
import { announce, badge, counted, fill, h, heading, moment } from './dom.js';
import { faultsPart } from './faults.js';
import { pane } from './outcome.js';

const STEPS = [['+1 minute', 60], ['+1 hour', 3600], ['+1 day', 86_400], ['+30 days', 2_592_000]];

/** Show one part for each thing that can be set. */
export async function show(main) {
  const parts = [destination(), snapshots(), faultsPart(part, field, form), rateLimit(), clock(), reset()];
  fill(main, heading('Control', 'All settings here are for this workspace only.'), h('div', { class: 'panes two' }, parts.map((part) => part.element)));
  await Promise.all(parts.map((part) => part.load()));
}

/** Return a part: `draw` shows an answer, given `act`, which makes a call, tells its outcome and draws again. */
function part(title, path, draw) {
  const body = h('div', {});
  const said = h('p', { class: 'said', role: 'status' });
  const load = async () => fill(body, draw(await call('GET', path), act));
  const act = async (method, target, given, words) => {
    try {
      await call(method, target, given);
      fill(said, badge('done', 'good'), ' ', words);
      await load();
    } catch (error) {
      fill(said, badge('refused', 'bad'), ` ${error.message}`);
    }
    announce(said.textContent);
  };
  return { element: pane(title, null, body, said), load };
}

function field(label, input) {
  return h('label', { class: 'field' }, h('span', {}, label), input);
}

function form(submit, button, ...fields) {
  return h('form', { class: 'row', onsubmit: (event) => { event.preventDefault(); submit(new FormData(event.target)); } }, fields, h('button', { type: 'submit' }, button));
}

function destination() {
  return part('Destination', '/_mock/destination', (now, act) => {
    const put = (change, words) => act('PUT', '/_mock/destination', { ...now, ...change }, words);
    const config = (change, words) => put({ Config: { ...now.Config, ...change } }, words);
    return [
      field('Profile', h('select', { onchange: (event) => put({ profile: event.target.value }, `messages become requests as in ${event.target.value}`) },
        ['documented', 'production'].map((name) => h('option', { value: name, selected: now.profile === name }, name)))),
      toggle('Fall back to anonymousId if userId is not present', now.Config?.sendAnonymousId === true, (on) => config({ sendAnonymousId: on }, `the fallback is ${on ? 'on' : 'off'}`)),
      toggle('Send a deduplication id with events', now.Config?.enablededuplication === true, (on) => config({ enablededuplication: on }, `deduplication of events is ${on ? 'on' : 'off'}`)),
      toggle('Drop a message with a repeated messageId', now.deduplicate, (on) => put({ deduplicate: on }, `repeated messages are ${on ? 'dropped' : 'accepted'}`)),
      toggle('Accept messages', now.enabled, (on) => put({ enabled: on }, `messages are ${on ? 'accepted' : 'refused'}`)),
    ];
  });
}

function toggle(label, isOn, change) {
  return h('label', { class: 'toggle' }, h('input', { type: 'checkbox', checked: isOn, onchange: (event) => change(event.target.checked) }), h('span', {}, label));
}

function snapshots() {
  return part('Snapshots', '/_mock/snapshots', ({ snapshots: kept }, act) => [
    form((given) => act('PUT', at(given.get('name')), undefined, `snapshot ${given.get('name')} taken`), 'Take a snapshot', field('Name', h('input', { name: 'name', required: true, maxlength: '200', autocomplete: 'off', placeholder: 'before the test' }))),
    kept.length ? h('ul', { class: 'links' }, kept.map((one) => h('li', { class: 'between' },
      h('span', {}, h('b', {}, one.name), h('span', { class: 'quiet' }, ' ', moment(one.taken_at), ` · ${records(one.counts)}`)),
      h('span', { class: 'buttons' },
        h('button', { type: 'button', onclick: () => undoable(act, 'POST', `${at(one.name)}/restore`, `snapshot ${one.name} restored.`), 'aria-label': `Restore ${one.name}` }, 'Restore'),
        h('button', { type: 'button', onclick: () => act('DELETE', at(one.name), undefined, `deleted ${one.name}`), 'aria-label': `Delete ${one.name}` }, 'Delete')))))
      : h('p', { class: 'quiet' }, 'There are no snapshots. A snapshot keeps all records, so that you can restore them.'),
  ]);
}

function records({ people, companies, events }) {
  return [counted(people, 'person', 'people'), counted(companies, 'company', 'companies'), counted(events, 'event', 'events')].join(', ');
}

function at(name) {
  return `/_mock/snapshots/${encodeURIComponent(name)}`;
}

function rateLimit() {
  return part('Rate limit', '/_mock/rate-limit', (now, act) => [
    h('p', {}, now.requests === null ? 'Off: every call is answered.' : `${counted(now.requests, 'request', 'requests')} in ${now.seconds} s; ${now.remaining} remain now. Further calls get 429 with Retry-After.`),
    form((given) => act('PUT', '/_mock/rate-limit', { requests: Number(given.get('requests')), seconds: Number(given.get('seconds')) }, 'the limit is set'), 'Set',
      field('Requests', h('input', { name: 'requests', type: 'number', min: '1', value: String(now.requests ?? 10), required: true })),
      field('In seconds', h('input', { name: 'seconds', type: 'number', min: '0.001', step: 'any', value: String(now.seconds ?? 1), required: true }))),
    h('button', { type: 'button', onclick: () => act('PUT', '/_mock/rate-limit', { preset: 'custify' }, 'Custify\'s limit is set') }, 'Like Custify: 100 in 10 seconds'),
    now.requests !== null && h('button', { type: 'button', onclick: () => act('DELETE', '/_mock/rate-limit', undefined, 'there is no limit') }, 'Turn off'),
  ]);
}

function clock() {
  return part('Clock', '/_mock/clock', (now, act) => [
    h('p', {}, h('time', { datetime: now.now }, now.now), ' ', now.frozen ? badge('frozen', 'note') : now.offset ? badge(`moved by ${now.offset} s`, 'note') : badge('real time', 'quiet')),
    form((given) => act('PUT', '/_mock/clock', { freeze: given.get('at') }, 'the clock is stopped'), 'Freeze', field('At (ISO 8601)', h('input', { name: 'at', value: now.now, required: true, spellcheck: 'false' }))),
    h('p', { class: 'buttons', role: 'group', 'aria-label': 'Move the clock' }, STEPS.map(([name, seconds]) => h('button', { type: 'button', onclick: () => act('PUT', '/_mock/clock', { advance: seconds }, `the clock moved forward by ${name.slice(1)}`) }, name))),
    h('button', { type: 'button', onclick: () => act('DELETE', '/_mock/clock', undefined, 'the clock shows the real time again') }, 'Real time'),
  ]);
}

const UNDO = 'before the last step';

// Back to a snapshot, or to nothing: the records of now become a snapshot first, so that the step can be undone.
async function undoable(act, method, target, words) {
  await call('PUT', at(UNDO));
  await act(method, target, undefined, [words, ' ', h('button', { type: 'button', onclick: () => act('POST', `${at(UNDO)}/restore`, undefined, 'undone') }, 'Undo')]);
}

function reset() {
  return part('Start again', '/_mock/ui/api/counts', (counts, act) => {
    const held = records(counts);
    const sure = h('button', { type: 'button', class: 'danger', onclick: () => act('POST', '/_mock/reset', undefined, 'the workspace is reset') }, 'Yes, delete everything');
    const no = h('button', { type: 'button', onclick: () => { asked.hidden = true; ask.hidden = false; ask.focus(); } }, 'Keep everything');
    const asked = h('p', { class: 'row', hidden: true }, no, sure);
    const ask = h('button', { type: 'button', onclick: () => { asked.hidden = false; ask.hidden = true; no.focus(); } }, 'Reset…');
    return [
      h('p', {}, `Delete all records: ${held}. This can be undone.`),
      h('p', {}, h('button', { type: 'button', onclick: () => undoable(act, 'DELETE', '/_mock/state', 'the records are deleted.') }, 'Delete all records')),
      h('p', {}, 'Reset deletes the records, requests, messages, faults, settings and snapshots. This cannot be undone.'), ask, asked];
  });
}

// Faults on purpose, as a form and a list in plain words.

import { counted, h } from './dom.js';

const METHODS = ['', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const READY = [
  { name: 'Refuse two calls with 503', fault: { method: 'POST', path: '/people', status: 503, times: 2 } },
  { name: 'Drop a connection after writing', fault: { path: '*', drop: true, after_write: true, times: 1 } },
  { name: 'Delay the answer', fault: { path: '*', delay: 2, times: 5 } },
  { name: 'Fail one call in ten', fault: { path: '*', status: 500, probability: 0.1 } },
];

/** Return the part about faults: `part`, `field` and `form` are those of the view. */
export function faultsPart(part, field, form) {
  return part('Faults', '/_mock/faults', ({ faults: rules }, act) => [
    h('div', { class: 'samples', role: 'group', 'aria-label': 'Ready-made faults' }, READY.map(({ name, fault }) => h('button', { type: 'button', onclick: () => act('POST', '/_mock/faults', fault, inWords(fault)) }, name))),
    form((given) => act('POST', '/_mock/faults', faultOf(given), inWords(faultOf(given))), 'Add',
      field('When a call', h('select', { name: 'method' }, METHODS.map((name) => h('option', { value: name }, name || 'of any method')))),
      field('to the path', h('input', { name: 'path', value: '/people*', required: true, spellcheck: 'false' })),
      field('arrives,', h('select', { name: 'effect', class: 'long' }, [['status', 'answer with the status'], ['delay', 'delay the answer by seconds'], ['drop', 'drop the connection'], ['lost', 'process it, then drop the connection']].map(([value, text]) => h('option', { value }, text)))),
      field('Status or seconds', h('input', { name: 'number', type: 'number', min: '0', step: 'any', value: '503' })),
      field('how often', h('input', { name: 'times', type: 'number', min: '1', placeholder: 'always' }))),
    rules.length ? [h('ol', { class: 'links faults' }, rules.map((rule, index) => h('li', { class: 'between' },
      h('span', {}, inWords(rule), h('span', { class: 'quiet' }, ` · ${fired(rule)}`)),
      h('button', { type: 'button', 'aria-label': `Delete fault ${index + 1}`, onclick: () => act('DELETE', `/_mock/faults/${index + 1}`, undefined, 'the fault is deleted') }, 'Delete')))),
    h('button', { type: 'button', onclick: () => act('DELETE', '/_mock/faults', undefined, 'all faults are deleted') }, 'Delete all')]
      : h('p', { class: 'quiet' }, 'There are no faults.'),
  ]);
}

function fired({ calls, fired: often }) {
  return `applied to ${often} of ${counted(calls, 'call', 'calls')}`;
}

function faultOf(given) {
  const number = Number(given.get('number'));
  const effects = { status: { status: number }, delay: { delay: number }, drop: { drop: true }, lost: { drop: true, after_write: true } };
  const times = given.get('times') === '' ? {} : { times: Number(given.get('times')) };
  return { method: given.get('method') || undefined, path: given.get('path'), ...effects[given.get('effect')], ...times };
}

/** Return a fault rule as a sentence. */
export function inWords(fault) {
  const calls = `${fault.method ?? 'Any'} call to ${!fault.path || fault.path === '*' ? 'any path' : fault.path}`;
  const done = [
    fault.status && `is answered with ${fault.status}`,
    fault.delay && `is answered ${fault.delay} s late`,
    fault.drop && (fault.after_write ? 'is processed, then its connection is dropped' : 'has its connection dropped'),
    (fault.body !== undefined && fault.body !== null) && 'gets another body',
    fault.headers && 'gets other headers',
  ].filter(Boolean).join(' and ');
  const when = [
    fault.nth && (fault.times ? `starting with call ${fault.nth}` : `only call ${fault.nth}`),
    fault.times && counted(fault.times, 'time', 'times'),
    fault.probability !== undefined && fault.probability < 1 && `with a chance of ${Math.round(fault.probability * 100)} %`,
  ].filter(Boolean).join(', ');
  return `${calls} ${done}${when ? `, ${when}` : ''}`;
}

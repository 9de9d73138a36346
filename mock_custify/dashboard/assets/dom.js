// Builds the page from elements and text: nothing that comes from a message is ever read as markup.

const SVG = 'http://www.w3.org/2000/svg';

/** Return an element with attributes (on… are listeners) and children; null and false are left out. */
export function h(tag, attributes, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** Return an SVG element. */
export function s(tag, attributes, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Put `children` in place of what an element holds. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
}

/** Return a JSON value as text in the colours of its types. */
export function json(value, indent = '') {
  if (Array.isArray(value)) return list(value.map((part) => [null, part]), '[]', indent);
  if (value !== null && typeof value === 'object') return list(Object.entries(value), '{}', indent);
  return [scalar(value)];
}

function list(entries, brackets, indent) {
  if (!entries.length) return [brackets];
  const deeper = `${indent}  `;
  const lines = entries.map(([name, part], index) => [
    `\n${deeper}`,
    name === null ? null : [h('span', { class: 'json-name' }, JSON.stringify(name)), ': '],
    json(part, deeper),
    index < entries.length - 1 ? ',' : null,
  ]);
  return [brackets[0], ...lines, `\n${indent}${brackets[1]}`];
}

/** Return a scalar as JSON spells it, marked with its type. */
export function scalar(value) {
  return h('span', { class: `json-${value === null ? 'null' : typeof value}` }, JSON.stringify(value) ?? '');
}

/** Return a block of JSON. */
export function jsonBlock(value, label) {
  return h('pre', { class: 'json', tabindex: '0', role: 'region', 'aria-label': label }, json(value));
}

/** Return what to show for a moment: its date and its time with milliseconds, in the reader's own zone. */
export function moment(text) {
  if (!text) return '';
  const when = new Date(text);
  if (Number.isNaN(when.getTime())) return String(text);
  const two = (number, digits = 2) => String(number).padStart(digits, '0');
  const date = `${when.getFullYear()}-${two(when.getMonth() + 1)}-${two(when.getDate())}`;
  const time = `${two(when.getHours())}:${two(when.getMinutes())}:${two(when.getSeconds())}.${two(when.getMilliseconds(), 3)}`;
  return h('time', { datetime: text, title: text }, h('span', { class: 'date' }, date), ` ${time}`);
}

/** Return the name of a field, which a narrow place may break after a mark and nowhere else. */
export function fieldName(name) {
  return name.split(/(?<=[_.])/).map((part, index) => [index > 0 && h('wbr'), part]);
}

/** Return a number with its unit, "1 person" or "2,000 people". */
export function counted(number, one, many) {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}

/** Return a status: a word with a colour. */
export function badge(word, tone) {
  return h('span', { class: `badge ${tone}` }, word);
}

/** Return a note in place of what is not there, with what to do next. */
export function empty(title, ...rest) {
  return h('div', { class: 'empty' }, h('p', { class: 'empty-title' }, title), ...rest.map((part) => h('p', {}, part)));
}

/** Return the heading of a view with its lead and what can be done there. */
export function heading(title, lead, ...actions) {
  return h('div', { class: 'heading' },
    h('div', {}, h('h1', {}, title), lead && h('p', { class: 'lead' }, lead)),
    actions.length ? h('div', { class: 'actions' }, actions) : null);
}

/** Say something to those who cannot see the page. */
export function announce(text) {
  document.getElementById('announcer').textContent = text;
}

/** Return a function that runs `action` once its caller has been quiet for `wait` milliseconds. */
export function calmly(action, wait) {
  let timer = 0;
  const later = (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...given), wait);
  };
  later.cancel = () => clearTimeout(timer);
  return later;
}

// An element that is drawn again while the button of the pointer is down gets no click event.
let released = Promise.resolve();
let release = () => {};

addEventListener('pointerdown', () => {
  release();
  released = new Promise((done) => { release = done; });
}, { capture: true });
for (const name of ['pointerup', 'pointercancel']) addEventListener(name, () => setTimeout(release), { capture: true });

/** Wait until the button of the pointer is up and its click has happened. */
export function whenReleased() {
  return released;
}

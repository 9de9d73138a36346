// An editor: as one types, the requests and the predicted change appear; a button sends the message.

import { page, pagePost, sendMessage } from './api.js';
import { announce, badge, calmly, empty, fill, h, heading } from './dom.js';
import { STATUSES } from './live.js';
import { associationPane, changePane, requestsPane } from './outcome.js';
import { DRAFT, SAMPLES } from './samples.js';

/** Show the editor with the message of last time, else the first sample. */
export function show(main, _rest, life) {
  const editor = h('textarea', { id: 'message', class: 'editor', spellcheck: 'false', rows: '18', 'aria-describedby': 'verdict', autocapitalize: 'off' });
  const verdict = h('p', { id: 'verdict', class: 'verdict', role: 'status' });
  const result = h('div', { class: 'panes' });
  const send = h('button', { type: 'button', class: 'primary' }, 'Send');
  send.title = 'Ctrl+Enter';
  const old = h('p', { class: 'notice is-warn', hidden: true }, 'The text is not JSON now. This is the prediction for the last valid text.');
  let asked = new AbortController();

  const read = () => {
    try {
      return { message: JSON.parse(editor.value) };
    } catch (error) {
      return { mistake: error.message };
    }
  };
  // What is shown beside a text that is not JSON belongs to the text before it.
  const stale = (isStale) => {
    result.classList.toggle('is-stale', isStale);
    old.hidden = !isStale;
  };
  const preview = async () => {
    asked.abort();
    asked = new AbortController();
    const { message, mistake } = read();
    send.disabled = mistake !== undefined;
    stale(mistake !== undefined);
    if (mistake !== undefined) {
      fill(verdict, badge('not JSON', 'bad'), ` ${mistake}`);
      return;
    }
    try {
      const data = await pagePost('preview', { message }, asked.signal);
      fill(verdict, ...verdictOf(data));
      fill(result, requestsPane(data), changePane('What it would change', data.change, data.answers), associationPane(data.association));
    } catch (error) {
      if (error.name === 'AbortError') return;
      fill(verdict, badge('no preview', 'bad'), ` ${error.message}`);
    }
  };
  const choose = (sample) => {
    editor.value = JSON.stringify(sample.message, null, 2);
    keep(editor.value);
    preview();
  };
  editor.addEventListener('input', () => keep(editor.value));
  const soon = calmly(preview, 150);
  editor.addEventListener('input', soon);
  const deliver = async () => {
    const { message, mistake } = read();
    if (mistake !== undefined) return;
    soon.cancel(); // what was typed just before must not hide what became of it
    asked.abort();
    send.disabled = true;
    let told;
    try {
      await sendMessage(message);
    } catch (error) {
      told = [badge('refused', 'bad'), ` ${error.message}`];
    }
    try {
      told = await happened(told);
      if (!told[0].classList.contains('bad')) await preview();
    } catch (error) {
      told ??= [badge('sent', 'note'), ` ${error.message}`];
    }
    send.disabled = false;
    fill(verdict, ...told);
    announce(verdict.textContent);
  };
  send.addEventListener('click', deliver);
  editor.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    deliver();
  });
  life.addEventListener('abort', () => asked.abort());

  fill(main, heading('Try it', 'Write a message: the page shows its requests and what they would change. Nothing is sent until you press Send.'),
    h('div', { class: 'try' },
      h('div', { class: 'try-editor' },
        h('div', { class: 'samples', role: 'group', 'aria-label': 'Samples' }, SAMPLES.map((sample) => h('button', { type: 'button', onclick: () => choose(sample) }, sample.name))),
        h('label', { for: 'message', class: 'sr-only' }, 'Message as JSON'), editor,
        h('div', { class: 'try-foot' }, send, verdict)),
      h('div', { class: 'panes' }, old, result)));
  fill(result, empty('The requests appear here'));
  editor.value = kept() ?? JSON.stringify(SAMPLES[0].message, null, 2);
  return preview();
}

// What became of the message that was sent just now, in the words of the data plane.
async function happened(refusal) {
  const { rows: [newest] } = await page('deliveries', { size: 1 });
  if (!newest) return refusal;
  const link = h('a', { href: `#/live/${newest.number}` }, `message ${newest.number}`);
  if (refusal) return [...refusal, newest.hint ? `: ${newest.hint}. ` : ' ', link];
  return [badge(newest.status, STATUSES[newest.status]), ' sent as ', link, newest.reason ? `: ${newest.reason}. ` : '. ', newest.hint];
}

function verdictOf(data) {
  const refusal = data.refusals[data.profile];
  if (refusal) return [badge('would be refused', 'bad'), ` ${refusal.text}`];
  const failed = data.answers.find((answer) => answer.status >= 400);
  if (failed) return [badge('Custify would refuse it', 'bad'), ` ${failed.body?.error ?? ''}`];
  return [badge('would be delivered', 'good'), ` profile ${data.profile}`];
}

function kept() {
  return sessionStorage.getItem(DRAFT);
}

function keep(text) {
  sessionStorage.setItem(DRAFT, text);
}

// An editor: as one types, the requests and the predicted change appear; a button sends the message.

import { pagePost, sendMessage } from './api.js';
import { announce, badge, calmly, empty, fill, h, heading } from './dom.js';
import { associationPane, changePane, requestsPane } from './outcome.js';
import { DRAFT, SAMPLES } from './samples.js';

/** Show the editor with the message of last time, else the first sample. */
export function show(main, _rest, life) {
  const editor = h('textarea', { id: 'message', class: 'editor', spellcheck: 'false', rows: '18', 'aria-describedby': 'verdict', autocapitalize: 'off' });
  const verdict = h('p', { id: 'verdict', class: 'verdict', role: 'status' });
  const result = h('div', { class: 'panes' });
  const send = h('button', { type: 'button', class: 'primary' }, 'Send');
  let asked = new AbortController();

  const read = () => {
    try {
      return { message: JSON.parse(editor.value) };
    } catch (error) {
      return { mistake: error.message };
    }
  };
  const preview = async () => {
    asked.abort();
    asked = new AbortController();
    const { message, mistake } = read();
    send.disabled = mistake !== undefined;
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
  send.addEventListener('click', async () => {
    soon.cancel(); // what was typed just before must not hide what became of it
    asked.abort();
    try {
      await sendMessage(read().message);
      fill(verdict, badge('sent', 'good'), ' It is in ', h('a', { href: '#/live' }, 'Live'), '. Sent once more, it would change this:');
      const told = [...verdict.childNodes];
      await preview();
      fill(verdict, ...told);
      announce('The message was sent.');
    } catch (error) {
      fill(verdict, badge('refused', 'bad'), ` ${error.message}`);
    }
  });
  life.addEventListener('abort', () => asked.abort());

  fill(main, heading('Try it', 'Write a message: its requests and what they would change appear beside it. Nothing happens until you send it.'),
    h('div', { class: 'try' },
      h('div', { class: 'try-editor' },
        h('div', { class: 'samples', role: 'group', 'aria-label': 'Samples' }, SAMPLES.map((sample) => h('button', { type: 'button', onclick: () => choose(sample) }, sample.name))),
        h('label', { for: 'message', class: 'sr-only' }, 'Message as JSON'), editor,
        h('div', { class: 'try-foot' }, send, verdict)),
      result));
  fill(result, empty('The requests appear here'));
  editor.value = kept() ?? JSON.stringify(SAMPLES[0].message, null, 2);
  return preview();
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

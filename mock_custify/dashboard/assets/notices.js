// Why somebody may be missing, beside the messages: other keys, refused calls, settings, faults.

import { counted, h } from './dom.js';

/** Return the notices of the first page; `total` is how many messages arrived in this workspace. */
export function noticesOf(notices, total) {
  const found = [
    notices.elsewhere > 0 && notice(total ? 'note' : 'warn', 'Messages are arriving under another key: ',
      `${counted(notices.elsewhere, 'message', 'messages')} so far. To see them, enter the write key of their SDK as the API key above.`),
    notices.unknown_key > 0 && notice('warn', 'An unknown key: ',
      `${counted(notices.unknown_key, 'call was', 'calls were')} refused because this server does not accept the key. ${notices.accepts ? `Use ${notices.accepts}` : 'The server has its maximum number of workspaces: use the key of one of them'}. `, newest(notices)),
    notices.without_key > 0 && notice('warn', 'No key: ',
      `${counted(notices.without_key, 'call was', 'calls were')} refused because the key was missing or in another header. An SDK sends the write key as the user of Basic authorization (curl -u KEY:). A call of the Custify API needs the header Authorization: Bearer KEY. `, newest(notices)),
    !notices.enabled && notice('warn', 'This workspace refuses messages: ', 'enabled is off. Turn it on in ', control(), '.'),
    notices.refused > 0 && notice('bad', `${counted(notices.refused, 'call to the Custify API was', 'calls to the Custify API were')} refused: `, refusal(notices.newest_refused)),
    notices.faults > 0 && notice('note', 'Calls may fail: ', `${counted(notices.faults, 'fault rule is', 'fault rules are')} set in `, control(), '.'),
  ].filter(Boolean);
  return found.length ? h('ul', { class: 'notices', 'aria-label': 'Notices' }, found) : null;
}

function notice(tone, title, ...text) {
  return h('li', { class: `notice is-${tone}` }, h('b', {}, title), text);
}

function newest({ latest }) {
  return h('span', {}, 'The newest: ', h('code', {}, latest), '.');
}

function control() {
  return h('a', { href: '#/control' }, 'Control');
}

function refusal(call) {
  return [h('a', { href: `#/requests/${call.number}` }, `${call.method} ${call.path}`), ` ${call.status}, ${call.text}`];
}

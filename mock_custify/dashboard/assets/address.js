// The address after #: the view, what is shown in it, and how it is searched, sorted and turned over.

const seen = new Map();

/** Return {path, rest, query} of the address: "#/people/1?q=ada" is people, ["1"] and {q: "ada"}. */
export function read() {
  const [place, query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  const [path, ...rest] = place.split('/').map(readable);
  return { path, rest: rest.filter(Boolean), query: Object.fromEntries(new URLSearchParams(query)) };
}

function readable(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Return the address of a view with a query, in which empty values are left out. */
export function address(path, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== '' && value !== null && value !== undefined);
  const text = new URLSearchParams(given).toString();
  return `#/${path}${text ? `?${text}` : ''}`;
}

/** Put a query into the address; `isStep` makes it one that Back returns from. */
export function keep(path, query, isStep) {
  const text = address(path, query);
  seen.set(path, text);
  if (text === location.hash) return;
  if (isStep) history.pushState(null, '', text);
  else history.replaceState(null, '', text);
}

/** Return the address of a list as it was last shown. */
export function lastOf(path) {
  return seen.get(path) ?? `#/${path}`;
}

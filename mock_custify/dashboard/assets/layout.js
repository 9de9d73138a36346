// Where the map puts everything: each company is a flower of its people, and the flowers stand in rows.
// The same graph always gives the same picture. Units are those of the SVG.

const PETAL = 15;
const FIRST_RING = 36;
const RING = 17;
const GAP = 26;
const LABEL = 30;

/** Return {width, height, nodes}: each node with x, y, r and what it stands for. */
export function layout(graph, aspect) {
  const flowers = ordered(clusters(graph)).map(flower);
  const area = flowers.reduce((sum, one) => sum + (2 * one.r + GAP) * (2 * one.r + GAP + LABEL), 0);
  const widest = Math.max(...flowers.map((one) => 2 * one.r + GAP), 520);
  const width = Math.max(widest, Math.sqrt(area * aspect) * 1.06);
  const nodes = new Map();
  let x = 0;
  let y = 0;
  let tall = 0;
  for (const row of rowsOf(flowers, width)) {
    tall = Math.max(...row.map((one) => one.r)) * 2 + GAP + LABEL;
    const used = row.reduce((sum, one) => sum + 2 * one.r + GAP, 0);
    x = (width - used) / 2;
    for (const one of row) {
      place(one, x + one.r + GAP / 2, y + LABEL + (tall - LABEL) / 2, nodes);
      x += 2 * one.r + GAP;
    }
    y += tall;
  }
  return { width, height: Math.max(y, 120), nodes };
}

function clusters(graph) {
  const first = new Map();
  const all = new Map(graph.companies.map((company) => [company.id, { company, people: [], beside: new Map() }]));
  const alone = { company: null, people: [], beside: new Map() };
  for (const [person, company] of graph.links) {
    if (!first.has(person)) first.set(person, company);
    else count(all, first.get(person), company);
  }
  for (const person of graph.people) (all.get(first.get(person.id)) ?? alone).people.push(person);
  return [...all.values(), ...(alone.people.length ? [alone] : [])];
}

function count(all, one, other) {
  const [here, there] = [all.get(one), all.get(other)];
  here.beside.set(other, (here.beside.get(other) ?? 0) + 1);
  there.beside.set(one, (there.beside.get(one) ?? 0) + 1);
}

// Companies that share people follow one another, so that most long lines are short.
function ordered(all) {
  const left = new Set(all);
  const line = [];
  while (left.size) {
    const last = line.at(-1);
    const near = last && [...left].filter((one) => one.company && last.beside.has(one.company.id))
      .sort((one, other) => last.beside.get(other.company.id) - last.beside.get(one.company.id))[0];
    const next = near ?? left.values().next().value;
    left.delete(next);
    line.push(next);
  }
  return line;
}

function flower(cluster) {
  if (!cluster.company) return crowd(cluster);
  const spots = [];
  for (let ring = 0; spots.length < cluster.people.length; ring += 1) {
    const radius = FIRST_RING + ring * RING;
    const room = Math.floor((2 * Math.PI * radius) / (PETAL + 3));
    const here = Math.min(room, cluster.people.length - spots.length);
    for (let index = 0; index < here; index += 1) {
      const angle = (2 * Math.PI * index) / here - Math.PI / 2 + ring * 0.35;
      spots.push([Math.cos(angle) * radius, Math.sin(angle) * radius]);
    }
  }
  const outer = spots.length ? Math.hypot(...spots.at(-1)) + PETAL / 2 : 20;
  return { ...cluster, spots, r: Math.max(outer, 32) };
}

function crowd(cluster) {
  const across = Math.ceil(Math.sqrt(cluster.people.length));
  const half = ((across - 1) * (PETAL + 4)) / 2;
  const spots = cluster.people.map((_, index) => [(index % across) * (PETAL + 4) - half, Math.floor(index / across) * (PETAL + 4) - half]);
  return { ...cluster, spots, r: Math.max(half + PETAL, 44) };
}

function rowsOf(flowers, width) {
  const rows = [[]];
  let used = 0;
  for (const one of flowers) {
    const wide = 2 * one.r + GAP;
    if (used + wide > width && rows.at(-1).length) {
      rows.push([]);
      used = 0;
    }
    rows.at(-1).push(one);
    used += wide;
  }
  return rows.filter((row) => row.length);
}

function place(one, x, y, nodes) {
  if (one.company) nodes.set(one.company.id, { kind: 'companies', record: one.company, x, y, r: 14, bottom: one.r });
  else nodes.set('', { kind: 'note', record: { name: 'no company' }, x, y, r: 0, bottom: one.r });
  one.people.forEach((person, index) => {
    const [dx, dy] = one.spots[index];
    nodes.set(person.id, { kind: 'people', record: person, x: x + dx, y: y + dy, r: 6 });
  });
}

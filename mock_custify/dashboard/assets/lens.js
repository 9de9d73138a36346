// What part of a picture is seen: moved by dragging or arrows, changed by buttons, + and -, or a wheel with Ctrl.

const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Lens {
  /** Look at an SVG of `width` and `height`; stop listening when `life` ends. */
  constructor(svg, width, height, life) {
    Object.assign(this, { svg, width, height });
    this.fit();
    svg.addEventListener('wheel', (event) => this.onWheel(event), { passive: false, signal: life });
    svg.addEventListener('keydown', (event) => this.onKey(event), { signal: life });
    svg.addEventListener('pointerdown', (event) => this.onGrab(event), { signal: life });
  }

  /** Show everything. */
  fit() {
    this.look([0, 0, this.width, this.height]);
  }

  /** Show `factor` times as much, around the middle or a point of the picture. */
  zoom(factor, at = null) {
    const [x, y, wide, tall] = this.seen;
    const scale = Math.min(Math.max(wide * factor, this.width / 12), this.width * 1.5) / wide;
    const [fx, fy] = at ?? [x + wide / 2, y + tall / 2];
    this.look([fx - (fx - x) * scale, fy - (fy - y) * scale, wide * scale, tall * scale]);
  }

  look(seen) {
    this.seen = seen;
    this.svg.setAttribute('viewBox', seen.join(' '));
    this.svg.classList.toggle('is-near', this.scale > 1.6);
  }

  get scale() {
    return Math.min(this.svg.clientWidth / this.seen[2], this.svg.clientHeight / this.seen[3]) || 1;
  }

  onWheel(event) {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(this.svg.getScreenCTM().inverse());
    this.zoom(event.deltaY > 0 ? 1.15 : 1 / 1.15, [point.x, point.y]);
  }

  onKey(event) {
    if (event.key === '+' || event.key === '=') this.zoom(0.75);
    else if (event.key === '-') this.zoom(1 / 0.75);
    else if (event.key === '0') this.fit();
    else if (MOVES[event.key]) this.move(...MOVES[event.key].map((step, index) => (step * this.seen[2 + index]) / 10));
    else return;
    event.preventDefault();
  }

  move(dx, dy) {
    const [x, y, wide, tall] = this.seen;
    this.look([x + dx, y + dy, wide, tall]);
  }

  onGrab(event) {
    if (event.button || event.target.closest('a')) return;
    const drag = new AbortController();
    const end = () => drag.abort();
    this.svg.setPointerCapture(event.pointerId);
    this.svg.addEventListener('pointermove', (moved) => this.move(-moved.movementX / this.scale, -moved.movementY / this.scale), { signal: drag.signal });
    this.svg.addEventListener('pointerup', end, { signal: drag.signal });
    this.svg.addEventListener('pointercancel', end, { signal: drag.signal });
  }
}

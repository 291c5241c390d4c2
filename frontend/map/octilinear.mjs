// Draws a border in steps of 45 degrees: the cheapest closed way over the points of a grid near the
// border, where straying from the border and each corner cost something (dynamic programming).

const STEP = 3; // px between the samples of the border
const REACH = 1.1; // grid widths that a corner may lie off the border
const SHORTEST = 1.9; // grid widths of the shortest side
const LONGEST = 12;
// What a corner costs, in squared grid widths of straying for one grid width, by how far it turns.
const CORNER = { 1: 2.6, 2: 10 };

const DIRECTIONS = [[1, 0], [1, 1], [0, 1], [-1, 1], [-1, 0], [-1, -1], [0, -1], [1, -1]];

/** Return the corners of an octilinear polygon close to the ring, as [x, y] on the grid. */
export function octilinear(ring, grid) {
  const border = resample(ring, STEP);
  const corners = candidates(border, grid);
  let best = { cost: Infinity };
  for (const start of corners.filter(({ at }) => at < grid)) {
    const found = cheapestWay(start, corners, border, grid);
    if (found.cost < best.cost) best = found;
  }
  return best.way.map(({ x, y }) => [x, y]);
}

/** Points at even distances along the closed ring. */
function resample(ring, step) {
  const points = [];
  let rest = 0;
  for (let i = 0; i < ring.length; i++) {
    const [[x1, y1], [x2, y2]] = [ring[i], ring[(i + 1) % ring.length]];
    const length = Math.hypot(x2 - x1, y2 - y1);
    for (; rest < length; rest += step) {
      points.push([x1 + ((x2 - x1) * rest) / length, y1 + ((y2 - y1) * rest) / length]);
    }
    rest -= length;
  }
  return points;
}

/** Grid points near the border with `at`, the place on the border that each is nearest to. */
function candidates(border, grid) {
  const found = new Map();
  const consider = (x, y) => {
    if (found.has(`${x} ${y}`)) return;
    const distances = border.map(([bx, by]) => Math.hypot(bx - x, by - y));
    const distance = Math.min(...distances);
    if (distance <= REACH * grid) found.set(`${x} ${y}`, { x, y, at: distances.indexOf(distance) });
  };
  for (const [bx, by] of border) {
    for (let dx = -2; dx <= 2; dx++) {
      for (let dy = -2; dy <= 2; dy++) {
        consider((Math.round(bx / grid) + dx) * grid, (Math.round(by / grid) + dy) * grid);
      }
    }
  }
  return [...found.values()].sort((a, b) => a.at - b.at);
}

/** The cheapest way once round the border from that corner back to it. */
function cheapestWay(start, corners, border, grid) {
  const end = { ...start, at: start.at + border.length };
  const stops = [start, ...corners.filter(({ at }) => at > start.at), end];
  const where = new Map(stops.slice(0, -1).map((corner) => [`${corner.x} ${corner.y}`, corner]));
  const costs = new Map(stops.map((corner) => [corner, Array(8).fill(Infinity)]));
  const from = new Map(stops.map((corner) => [corner, Array(8).fill(null)]));
  costs.get(start).fill(0);
  for (const corner of stops.slice(0, -1)) {
    for (const [direction, [dx, dy]] of DIRECTIONS.entries()) {
      const [before, cost] = cheapestArrival(costs.get(corner), direction, corner === start);
      if (cost === Infinity) continue;
      for (let n = 1; n <= LONGEST; n++) {
        const [x, y] = [corner.x + n * dx * grid, corner.y + n * dy * grid];
        const isEnd = x === end.x && y === end.y && corner !== start;
        const next = isEnd ? end : where.get(`${x} ${y}`);
        if (!next || next.at <= corner.at || n * Math.hypot(dx, dy) < SHORTEST) continue;
        const total = cost + straying(corner, next, border, grid);
        if (total < costs.get(next)[direction]) {
          costs.get(next)[direction] = total;
          from.get(next)[direction] = [corner, before];
        }
      }
    }
  }
  const direction = costs.get(end).indexOf(Math.min(...costs.get(end)));
  return { cost: costs.get(end)[direction], way: traceBack(end, direction, from) };
}

/** The cheapest direction to arrive by if one leaves in that direction: no corner sharper than 90°. */
function cheapestArrival(costs, leaving, isStart) {
  let best = [leaving, Infinity];
  for (let arriving = 0; arriving < 8; arriving++) {
    const turn = Math.min((leaving - arriving + 8) % 8, (arriving - leaving + 8) % 8);
    const cost = costs[arriving] + (isStart ? 0 : (CORNER[turn] ?? Infinity));
    if (cost < best[1]) best = [arriving, cost];
  }
  return best;
}

/** How far the border strays from the straight side, squared and summed, in grid widths. */
function straying(from, to, border, grid) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy);
  let sum = 0;
  for (let at = from.at; at <= to.at; at++) {
    const [x, y] = border[at % border.length];
    const along = Math.max(0, Math.min(1, ((x - from.x) * dx + (y - from.y) * dy) / length ** 2));
    sum += ((x - from.x - along * dx) ** 2 + (y - from.y - along * dy) ** 2) / grid ** 2;
  }
  return (sum * STEP) / grid;
}

function traceBack(end, direction, from) {
  const way = [];
  let [corner, arriving] = [end, direction];
  while (from.get(corner)[arriving]) {
    [corner, arriving] = from.get(corner)[arriving];
    way.unshift(corner);
  }
  return way;
}

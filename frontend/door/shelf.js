// Where scans wait to be sent: in IndexedDB, so that a reload or a flat battery loses none; in memory
// only where the browser allows no storage.

import { openDB } from "idb";

const STORE = "scans";

/** Return the shelf of this browser, as { put, remove, all }. */
export async function openShelf() {
  try {
    return stored(await openDB("door", 1, { upgrade: makeStore }));
  } catch {
    return remembered();
  }
}

function makeStore(database) {
  database.createObjectStore(STORE, { keyPath: "id", autoIncrement: true });
}

function stored(database) {
  return {
    put: (scan) => write(database, (store) => store.add(scan)),
    remove: (id) => write(database, (store) => store.delete(id)),
    all: () => database.getAll(STORE),
  };
}

/** Write, and wait until it is on the disk. */
async function write(database, change) {
  const transaction = database.transaction(STORE, "readwrite", { durability: "strict" });
  await Promise.all([change(transaction.store), transaction.done]);
}

function remembered() {
  const scans = new Map();
  let next = 1;
  return {
    async put(scan) {
      scans.set(next, { ...scan, id: next });
      next += 1;
    },
    async remove(id) {
      scans.delete(id);
    },
    async all() {
      return [...scans.values()];
    },
  };
}

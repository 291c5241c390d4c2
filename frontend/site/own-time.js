// When an event is, by the reader's clock, where that differs from the clock at the place.
//
//     <p hidden data-own-time data-starts="2027-01-11T17:00:00Z" data-ends="…" data-zone="America/Los_Angeles">
//       In your time zone: <time></time></p>

const AS_SHOWN = { weekday: "short", day: "numeric", month: "long", hour: "numeric", minute: "2-digit", timeZoneName: "short" };

/** Fill the element and show it if the reader's clock differs from the event's. */
export function showOwnTime(element) {
  const { starts, ends, zone } = element.dataset;
  const [from, until] = [new Date(starts), new Date(ends)];
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!own || wallClock(from, own) === wallClock(from, zone)) return;
  const written = new Intl.DateTimeFormat(document.documentElement.lang, AS_SHOWN);
  const time = element.querySelector("time");
  time.dateTime = starts;
  time.textContent = written.formatRange(from, until);
  element.hidden = false;
}

function wallClock(moment, timeZone) {
  return moment.toLocaleString("en-GB", { timeZone });
}

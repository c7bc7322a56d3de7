/** Samples of one machine: times in milliseconds since 1970, and a value or null for each of them. */
export interface Signals {
  times: number[];
  signals: { name: string; values: (number | null)[] }[];
}

/** Something that happened to a machine. */
export interface MachineEvent {
  at: number;
  what: string;
}

const TIME = /^(date_?time|time_?stamp|time|ts|date|时间|采集时间)$/i;
const MACHINE = /^(machine_?id|machine|asset_?id|asset|equipment_?id|设备|设备编号|机器|机器编号)$/i;
/** Most machines sample once an hour; more than this are thinned by the chart, but kept. */
const MOST_SAMPLES = 200_000;

function delimiterOf(header: string): string {
  return [',', ';', '\t'].reduce((best, one) =>
    header.split(one).length > header.split(best).length ? one : best,
  );
}

/** The cells of a line (RFC 4180), without line breaks in them. */
export function cellsOf(line: string, delimiter: string): string[] {
  if (!line.includes('"')) return line.split(delimiter).map((cell) => cell.trim());
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const c = line.charAt(i);
    if (quoted) {
      if (c !== '"') cell += c;
      else if (line.charAt(i + 1) === '"') {
        cell += '"';
        i++;
      } else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === delimiter) {
      cells.push(cell.trim());
      cell = '';
    } else cell += c;
  }
  cells.push(cell.trim());
  return cells;
}

/** How far the clocks of a zone are ahead of UTC at a moment, in milliseconds. */
function ahead(zone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) - at;
}

/** A moment as plants write it; without an offset it is of the zone given. Null where it is none. */
export function momentOf(text: string, zone: string): number | null {
  if (/^\d{9,11}(\.\d+)?$/.test(text)) return Number(text) * 1000;
  if (/^\d{12,14}$/.test(text)) return Number(text);
  const match =
    /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)? ?(Z|[+-]\d{2}:?\d{2})?$/i.exec(
      text,
    );
  if (!match) return null;
  const [, year, month, day, hour = 0, minute = 0, second = 0, offset] = match;
  const plain = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  if (offset && offset.toUpperCase() !== 'Z') {
    const [hours, minutes] = [Number(offset.slice(1, 3)), Number(offset.slice(-2))];
    return plain - (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
  }
  if (offset || zone === 'UTC') return plain;
  return plain - ahead(zone, plain - ahead(zone, plain));
}

interface Table {
  header: string[];
  time: number;
  machine: number;
  rows: Iterable<string[]>;
}

function* rowsOf(text: string, from: number, delimiter: string): Iterable<string[]> {
  let start = from;
  while (start < text.length) {
    const stop = text.indexOf('\n', start);
    const line = text.slice(start, stop < 0 ? text.length : stop).trimEnd();
    if (line !== '') yield cellsOf(line, delimiter);
    start = stop < 0 ? text.length : stop + 1;
  }
}

function tableOf(text: string): Table | null {
  const plain = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const stop = plain.indexOf('\n');
  if (stop < 0) return null;
  const line = plain.slice(0, stop).trimEnd();
  const delimiter = delimiterOf(line);
  const header = cellsOf(line, delimiter);
  const time = header.findIndex((name) => TIME.test(name));
  const machine = header.findIndex((name) => MACHINE.test(name));
  return time < 0 || machine < 0 ? null : { header, time, machine, rows: rowsOf(plain, stop + 1, delimiter) };
}

/** The signals of one machine in a telemetry file; null where the file has no times of machines. */
export function signalsOf(text: string, machine: string, zone: string): Signals | null {
  const table = tableOf(text);
  if (!table) return null;
  const columns = table.header.flatMap((name, column) =>
    column === table.time || column === table.machine ? [] : [{ name, column }],
  );
  const samples: { at: number; cells: string[] }[] = [];
  for (const cells of table.rows) {
    if (cells[table.machine] !== machine) continue;
    const at = momentOf(cells[table.time] ?? '', zone);
    if (at !== null) samples.push({ at, cells });
    if (samples.length >= MOST_SAMPLES) break;
  }
  samples.sort((a, b) => a.at - b.at);
  const signals = columns.map(({ name, column }) => ({
    name,
    values: samples.map(({ cells }) => {
      const cell = cells[column] ?? '';
      const value = cell === '' ? NaN : Number(cell);
      return Number.isFinite(value) ? value : null;
    }),
  }));
  return {
    times: samples.map(({ at }) => at),
    signals: signals.filter(({ values }) => values.some((value) => value !== null)),
  };
}

/** What happened to one machine, by a file of events. */
export function eventsOf(text: string, machine: string, zone: string): MachineEvent[] {
  const table = tableOf(text);
  if (!table) return [];
  const what = table.header.findIndex((_, column) => column !== table.time && column !== table.machine);
  const events: MachineEvent[] = [];
  for (const cells of table.rows) {
    const at = cells[table.machine] === machine ? momentOf(cells[table.time] ?? '', zone) : null;
    if (at !== null) events.push({ at, what: cells[what] ?? '' });
  }
  return events.sort((a, b) => a.at - b.at);
}

/** A file's text, unpacked where it is gzip. */
export async function textOf(response: Response): Promise<string> {
  const blob = await response.blob();
  const head = new Uint8Array(await blob.slice(0, 2).arrayBuffer());
  const packed = head[0] === 0x1f && head[1] === 0x8b;
  return packed
    ? new Response(blob.stream().pipeThrough(new DecompressionStream('gzip'))).text()
    : blob.text();
}

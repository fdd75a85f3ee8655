/** Instants as Japanese people read them. The only time zone of the site is Asia/Tokyo (no DST). */

const parts = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Tokyo',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

function read(instant: Date): Record<'year' | 'month' | 'day' | 'hour' | 'minute', string> {
  const found = new Map(parts.formatToParts(instant).map((part) => [part.type as string, part.value]));
  const get = (name: string) => found.get(name) ?? '';
  return { year: get('year'), month: get('month'), day: get('day'), hour: get('hour'), minute: get('minute') };
}

/** `2022/04/13 14:48`. Source: the document's 「申込日時」. */
export function jstMinute(instant: Date): string {
  const at = read(instant);
  return `${at.year}/${at.month}/${at.day} ${at.hour}:${at.minute}`;
}

/** `2022-04-13`, the JST calendar date of an instant. */
export function jstDate(instant: Date): string {
  const at = read(instant);
  return `${at.year}-${at.month}-${at.day}`;
}

/** `202204`, the JST month of an instant. */
export function jstMonth(instant: Date): string {
  const at = read(instant);
  return `${at.year}${at.month}`;
}

/** `2027/12/28` from `2027-12-28`. */
export function readableDate(date: string): string {
  return date.replaceAll('-', '/');
}

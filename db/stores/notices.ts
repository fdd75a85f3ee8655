/** お知らせ. */
import { rows } from '../raw.ts';

export interface Notice {
  id: string;
  title: string;
  body: string;
  publishedAt: Date;
}

/** Published notices, newest first. */
export async function listNotices(): Promise<Notice[]> {
  return rows<Notice>(
    `select id, title, body, published_at as "publishedAt" from notices where published_at <= now() order by published_at desc limit 20`,
  );
}

import { expect, test } from 'vitest';
import { browserName } from '../../domain/wording/browser-name.ts';

const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)';
const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)';

test.each([
  [`${windows} ${webkit} Chrome/124.0.0.0 Safari/537.36`, 'Chrome（Windows）'],
  [`${windows} ${webkit} Chrome/124.0.0.0 Safari/537.36 Edg/124.0.0.0`, 'Edge（Windows）'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:125.0) Gecko/20100101 Firefox/125.0', 'Firefox（Linux）'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1',
    'Safari（iPhone・iPad）',
  ],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_4) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15',
    'Safari（Mac）',
  ],
  [`Mozilla/5.0 (Linux; Android 14; Pixel 8) ${webkit} Chrome/124.0.0.0 Mobile Safari/537.36`, 'Chrome（Android）'],
  ['curl/8.5.0', 'その他のブラウザ'],
  ['', 'その他のブラウザ'],
  ['<script>alert(1)</script>', 'その他のブラウザ'],
])('%s reads %s', (userAgent, name) => {
  expect(browserName(userAgent)).toBe(name);
});

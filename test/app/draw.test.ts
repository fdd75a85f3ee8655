/** Drawing a page: what React hands over byte by byte comes out as the text it was. */
import { createElement } from 'react';
import { expect, it } from 'vitest';
import { draw } from '../../app/server/draw.server.ts';

it.each([0, 1, 2])('Japanese text of many buffers keeps every character, %i letters further on', async (letters) => {
  const written = `${'a'.repeat(letters)}${'受取日は午前中を希望します。'.repeat(1_000)}`;

  // Pieces of a tree are written one by one, each fits or doesn't.
  const html = await draw(createElement('p', null, ...Array.from(written)), 'nonce');

  expect(html.replaceAll('<!-- -->', '')).toBe(`<p>${written}</p>`);
});

it('a fault of a component is a fault of the page', async () => {
  const Broken = () => {
    throw new Error('broken');
  };

  await expect(draw(createElement(Broken), 'nonce')).rejects.toThrow('broken');
});

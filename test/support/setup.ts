/** Before every test file: what nobody expected to be printed as an error fails the test. */
import { afterEach, beforeEach, expect, vi, type MockInstance } from 'vitest';

let errors: MockInstance<typeof console.error>;

beforeEach(() => {
  errors = vi.spyOn(console, 'error').mockImplementation(() => undefined);
});

afterEach(() => {
  const printed = errors.mock.calls.map((call) => call.map(String).join(' '));
  errors.mockRestore();
  expect(printed, 'printed by console.error; a test that expects it spies on console.error itself').toEqual([]);
});

/** The bare limit of sign-ins: argon2id with the site's parameters and as many at once as the site lets run, and nothing else. */
import argon2 from 'argon2';

const [hash = '', password = '', lanes = '1'] = process.argv.slice(2);

process.on('message', ({ count }: { count: number }) => {
  let left = count;
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      if (!(await argon2.verify(hash, password))) throw new Error('the bare password is wrong');
    }
  };
  void Promise.all(Array.from({ length: Number(lanes) }, lane)).then(() => process.send?.('done'));
});
process.send?.('ready');

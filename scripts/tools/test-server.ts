/** Temporal's time-skipping test server: an executable that the SDK starts as `existing-path`. */
import { dirname, join } from 'node:path';
import { cacheFolder } from './cache.ts';
import { fromVariable, isExecutable, onPath } from './executable.ts';
import { fetchFromSdk } from './fetch-from-sdk.ts';
import { installTestServer, javaIdentity } from './java-test-server.ts';
import { withLock } from './lock.ts';
import { TEST_SERVER_VERSION } from './versions.ts';

/**
 * TEMPORAL_TEST_SERVER_PATH; the user's cache; the SDK's own download; the Java server from Maven Central.
 * @throws saying what to install where none of them works
 */
export async function findTestServer(report: (line: string) => void): Promise<string> {
  const given = fromVariable('TEMPORAL_TEST_SERVER_PATH');
  if (given !== undefined) return given;
  const folder = cacheFolder(`temporal-test-server-${TEST_SERVER_VERSION}`);
  const native = join(folder, 'temporal-test-server');
  const java = onPath('java');
  // Another Java, or the cache in another place, needs a launcher of its own.
  const launcher =
    java === undefined ? undefined : join(folder, `java-${javaIdentity(java, folder)}`, 'temporal-test-server');
  const cached = () => [native, launcher].find((path) => path !== undefined && isExecutable(path));
  const there = cached();
  if (there !== undefined) return there;
  return withLock(join(dirname(folder), 'temporal-test-server.lock'), async () => {
    const made = cached();
    if (made !== undefined) return made;
    if (await fetchFromSdk('time-skipping', native)) return native;
    const maven = onPath('mvn');
    if (java === undefined || maven === undefined || launcher === undefined) {
      throw new Error(
        "Temporal's test server can't be had here: install Java 11 or later and Maven (Debian: default-jre-headless maven), " +
          'or set TEMPORAL_TEST_SERVER_PATH.',
      );
    }
    report(`Temporal's test server ${TEST_SERVER_VERSION} is fetched by Maven: some seconds, this once.`);
    await installTestServer({ java, maven, launcher });
    return launcher;
  });
}

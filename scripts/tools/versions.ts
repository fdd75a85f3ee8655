/** What is fetched when this machine has none. Later versions of the CLI can't be installed by `go install`. */
export const TEMPORAL_CLI_VERSION = '1.5.1';
export const TEST_SERVER_VERSION = '1.34.0';

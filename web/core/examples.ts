/** An example of each type of the wire, for tests. */
export * from '../api/examples.generated.ts';

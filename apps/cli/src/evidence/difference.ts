/** The first thing that is not as it must be: said, with exit code 1. */
export class Difference extends Error {}

/** A request that cannot be answered: what is wrong with it. */
export class RequestError extends Error {}

/** The last line of the wire's history (schema.ts), for pages that need not carry all of it. */
export const wireVersion = 28

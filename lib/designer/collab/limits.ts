/** One message of a client, in bytes; a whole large draft is some 500 KiB. */
export const maxMessageBytes = 4 * 1024 * 1024;

/** A document with its history of deletions, in bytes. */
export const maxStateBytes = 16 * 1024 * 1024;

/** What one client says about its cursor, selection and what it drags, in characters of JSON. */
export const maxPresenceCharacters = 256 * 1024;

/** A change is stored at the latest so long after it was made. */
export const storeDelayMs = 700;
export const storeAtLatestMs = 2000;

/** How long a caller's role is believed without asking. */
export const accessMs = 10_000;

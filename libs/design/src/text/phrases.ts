/** Stands between the phrases of a Han title in the dictionaries: a zero-width space, where alone it may break. */
export const PHRASE_BREAK = '\u200b';

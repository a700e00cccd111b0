/** A text in the four languages. */
export const text = (zhHant: string, zhHans: string, words: { pt: string; en: string }) => ({
  'zh-Hant': zhHant,
  'zh-Hans': zhHans,
  ...words,
});
export type Text = ReturnType<typeof text>;

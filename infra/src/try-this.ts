/** Where a reader goes first. */
export type FirstPages = Readonly<{ landing: string }>;

/**
 * What to try, in five lines, and who else there is: the README's "Try this", word for word without its markup.
 * The README's journey walks them in a browser.
 */
export const tryThis = ({
  landing,
}: FirstPages): Readonly<{ steps: readonly string[]; others: readonly string[] }> => ({
  steps: [
    `Open ${landing} and follow Tsing Wan Bank. Ask for your credit report.`,
    'Sign in with Hong Kong as chan.meiyee, PIN 246810, then with Shenzhen as the same. (The first time only: the two identities are bound in the flow.)',
    'Read who would get what, and answer the separate questions. The bank shows the report that the Shenzhen agency signed for it.',
    'Open the portal of Hong Kong, sign in, and look at what the Mainland keeps. Withdraw in two clicks.',
    'Let the bank fetch it once more: it is refused, and told why.',
  ],
  others: [
    'Others to sign in as: wong.kahou (another person), lee.lowlevel (level too low), ho.nofile (not known to the agency).',
    'Ask for offers instead of the mortgage and the law forbids it before anyone is bothered.',
  ],
});

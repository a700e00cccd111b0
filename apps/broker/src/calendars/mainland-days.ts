/** Days of one year on which work differs from Monday to Friday. Days are `MM-DD`. */
export type YearOfDays = Readonly<{ holidays: string; makeUpDays: string }>;

/**
 * Weekdays off and weekend days worked in the Mainland, as the General Office of the State Council announces them for
 * one year at a time, mostly in November of the year before (国务院办公厅关于部分节假日安排的通知). They cannot be
 * computed: a year without an entry is not known, and nothing is guessed for it. Add a year when its notice is out; until
 * that release an operator enters it in HOLIDAYS_FILE (`docs/guides/enter-holidays.md`).
 */
export const MAINLAND_DAYS: Readonly<Record<number, YearOfDays>> = {
  // 国办发明电〔2022〕16号
  2023: {
    holidays: `01-02 01-23 01-24 01-25 01-26 01-27 04-05 05-01 05-02 05-03 06-22 06-23 09-29 10-02 10-03 10-04 10-05
      10-06`,
    makeUpDays: '01-28 01-29 04-23 05-06 06-25 10-07 10-08',
  },
  // 国办发明电〔2023〕7号
  2024: {
    holidays: `01-01 02-12 02-13 02-14 02-15 02-16 04-04 04-05 05-01 05-02 05-03 06-10 09-16 09-17 10-01 10-02 10-03
      10-04 10-07`,
    makeUpDays: '02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12',
  },
  // 国办发明电〔2024〕12号
  2025: {
    holidays: `01-01 01-28 01-29 01-30 01-31 02-03 02-04 04-04 05-01 05-02 05-05 06-02 10-01 10-02 10-03 10-06 10-07
      10-08`,
    makeUpDays: '01-26 02-08 04-27 09-28 10-11',
  },
  // 国办发明电〔2025〕7号
  2026: {
    holidays: `01-01 01-02 02-16 02-17 02-18 02-19 02-20 02-23 04-06 05-01 05-04 05-05 06-19 09-25 10-01 10-02 10-05
      10-06 10-07`,
    makeUpDays: '01-04 02-14 02-28 05-09 09-20 10-10',
  },
};

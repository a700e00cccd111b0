/** Months are counted from year 0, so that adding and comparing them is arithmetic. */
export const monthOf = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;

const two = (n: number): string => String(n).padStart(2, '0');

/** A day of a month, `YYYY-MM-DD`; `day` is 1 to 28, so that it exists in every month. */
export const dayIn = (month: number, day: number): string =>
  `${String(Math.floor(month / 12)).padStart(4, '0')}-${two((month % 12) + 1)}-${two(day)}`;
